"""Fill an empty system by performing acts with a moving clock."""
