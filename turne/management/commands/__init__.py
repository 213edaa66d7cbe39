"""Commands of the running service."""
