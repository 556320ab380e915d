"""What is told to the public."""
