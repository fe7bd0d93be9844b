"""Build the tables of the trace."""
