"""Pages of schools: crews that host, their class links, and what young people think of the menu."""
