"""A kind of case on which the operations are rehearsed: branches, countersigning, returns."""
