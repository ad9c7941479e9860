"""The staff's group: cards of unanswered questions, buttons and replies that answer them, digests and figures.

`routes` says what goes where, `jobs` is what runs beside the handlers, `room` what both work with.
"""
