"""Views of the API: each parses, asks permission, reads scoped or calls one verb, and answers."""
