"""What can be played, wished and planned."""
