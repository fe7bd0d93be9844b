"""Show accreditation and let people work on it."""
