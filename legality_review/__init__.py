"""Review the legality (合法性审查) of what a township government issues, decides and signs."""
