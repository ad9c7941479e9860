"""Scores how questions are replied to, against what a reply should be."""
