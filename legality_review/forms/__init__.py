"""Ask for the facts of the acts of legality review."""
