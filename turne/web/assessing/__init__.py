"""Pages of an assessment: for those who read and score, and for whoever runs the call."""
