"""Verify and seal the trace from the command line."""
