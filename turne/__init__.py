"""People's door: settings, wiring and pages."""
