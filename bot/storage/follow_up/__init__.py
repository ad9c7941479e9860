"""Keeps what staff do with unanswered questions: groups, askers, audit, drafts, votes and tallies."""
