"""Grouping unanswered questions: which of them ask the same."""

from knowledge.grouping.question_grouping import GroupTexts, Near, Placed, QuestionGrouping, background_of

__all__ = ["GroupTexts", "Near", "Placed", "QuestionGrouping", "background_of"]
