"""What a citizen says and gets, whatever the door."""
