"""What a region wants: open calls, and who applies to them."""
