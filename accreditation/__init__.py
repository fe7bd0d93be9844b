"""Accredit judicial stations as 枫桥式司法所."""
