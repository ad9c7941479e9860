"""What staff read at the terminal, in their group, and wherever they work."""
