"""Tests of numbers, papers, files and registers."""
