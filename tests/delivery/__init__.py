"""Asks whole programs many questions while things go wrong, and accounts for every one of them.

    python -m tests.delivery.soak

runs the long form. Each row is one that docs/reliability.md names; the short form is in the test suite.
"""
