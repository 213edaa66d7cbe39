"""Pages of open calls: for whoever may apply, and for whoever publishes them."""
