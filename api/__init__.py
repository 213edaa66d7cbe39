"""Machines' door: REST and iCal feeds."""
