"""Keep the trace (留痕): who did what, when, for whom and from where, insert-only and chained."""
