"""Pages of schools: their register and visits, workshops, crews that host, and what young people think."""
