"""Translates what citizens send and get."""
