"""Show in-box and cases, and let people act on them."""
