"""The chat page: a citizen's side of the dialogue in a browser."""
