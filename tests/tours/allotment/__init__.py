"""Tests of the allotment."""
