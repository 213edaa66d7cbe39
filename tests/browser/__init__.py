"""Turne as people see it: a real browser against `manage.py serve` with the demo."""
