"""Tell the legal life of a matter under review and of an adopted document."""
