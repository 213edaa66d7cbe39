"""Pages of schools: their own side and visits, workshops, crews that host, and what young people think."""
