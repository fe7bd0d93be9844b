"""A small kind of case for measuring: it is installed by `bench.settings` alone."""
