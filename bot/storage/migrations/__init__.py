"""How the tables came to be as they are, one file a step in `versions/`, and the bringing up to date."""
