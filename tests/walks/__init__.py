"""Random flows, walked on the real engine: beside the net, and under every operation at once."""
