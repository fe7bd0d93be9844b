"""Who may open and do what: every address, every kind of person."""
