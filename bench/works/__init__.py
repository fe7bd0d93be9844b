"""The four works that are measured; each gives its lines of the table."""
