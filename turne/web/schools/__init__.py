"""Pages of schools: their own side, crews that host, class links, and what young people think of the menu."""
