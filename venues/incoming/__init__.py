"""Calendars that come in: the own busy times of presenters, venues, schools and ensembles (docs/calendars-in.md)."""
