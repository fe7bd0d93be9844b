"""Offer the trace on the command line."""
