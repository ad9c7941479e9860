"""The whole way from unanswered questions to answers, for whole programs; run it with `python -m tests.follow_up`."""
