"""State the legal conditions and calculations of accreditation, each with its article."""
