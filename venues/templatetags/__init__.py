"""Template filters of the ground."""
