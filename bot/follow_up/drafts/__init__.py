"""Answers of staff become drafts of changes of the knowledge base: proposed, tried and written."""
