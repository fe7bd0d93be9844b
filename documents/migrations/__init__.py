"""Migrations of numbers, papers and files."""
