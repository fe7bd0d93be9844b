"""Measure the speed against plain viewflow and a floor written by hand in SQL (design.md 9)."""
