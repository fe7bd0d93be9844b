"""Answer who may act and who may see."""
