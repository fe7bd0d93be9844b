"""The same procedure in plain viewflow, as its documentation shows it, with its row lock on."""
