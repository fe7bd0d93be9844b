"""Hold the settings, the root of the URLs and the WSGI entry of the project."""
