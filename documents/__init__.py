"""Number, render and keep papers and files."""
