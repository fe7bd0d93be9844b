"""Show the register of laws and take changes to it."""
