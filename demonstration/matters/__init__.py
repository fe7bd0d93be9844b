"""Hold what comes under legality review in the demonstration: who, what, and how it goes."""
