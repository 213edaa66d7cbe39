"""What is played when, and what is agreed."""
