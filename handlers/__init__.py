"""The doors. They never import each other."""
