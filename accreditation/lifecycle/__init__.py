"""Tell the legal life of an application and of a title."""
