"""Build the rows that are measured, in SQL and with progress shown."""
