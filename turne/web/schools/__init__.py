"""Pages of schools: their own side and visits, allotment, workshops, crews that host, what young people think."""
