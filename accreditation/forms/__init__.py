"""Ask for the facts of accreditation; shape only, the law is in the rules."""
