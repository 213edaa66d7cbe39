"""Pages of residencies: for the host, the artist and the region."""
