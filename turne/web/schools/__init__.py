"""Pages of schools: register, home, groups, allotment, crews."""
