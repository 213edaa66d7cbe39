"""Residencies: a stay with a host, what it reserves, what is agreed about it, and what comes of it."""
