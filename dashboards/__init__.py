"""Show read-only overviews over the apps below."""
