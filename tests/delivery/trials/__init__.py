"""Faults of the machine, of PostgreSQL and of Telegram, one after the other on assistants that run all the while.

    python -m tests.delivery.trials [--two] [--only NAME ...] [--rate N] [--folder PATH]

prints a line a fault: what became of the questions, and how soon `/readyz` was true to the state.
"""
