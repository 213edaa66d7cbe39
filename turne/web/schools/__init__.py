"""Pages of schools: register, home, groups, allotment, crews and what young people think of the menu."""
