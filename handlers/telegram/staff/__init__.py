"""The staff's group: cards of unanswered questions, buttons and replies that answer them, digests and figures.

`staff_handlers` says what goes where, `background_jobs` is what runs beside the handlers, `staff_group` what both work
with.
"""
