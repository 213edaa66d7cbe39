"""The ground: who and where, and when they can."""
