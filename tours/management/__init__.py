"""Commands of tours."""
