"""Show the pages of legality review."""
