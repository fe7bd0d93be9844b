"""Hold the conditions and calculations of legality review (LR-1 to LR-40)."""
