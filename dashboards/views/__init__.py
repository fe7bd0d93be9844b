"""Show read-only overviews; the trace and its seals for auditors."""
