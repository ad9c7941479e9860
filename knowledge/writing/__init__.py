"""Puts new entries and phrasings into the editors' files, and leaves every other letter of them as it is."""
