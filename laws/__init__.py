"""Keep the register of laws, and tell which citations stand on a given day."""
