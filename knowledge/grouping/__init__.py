"""Grouping unanswered questions: which of them ask the same."""

from knowledge.grouping.placing import GroupTexts, Near, Placement, QuestionGrouping

__all__ = ["GroupTexts", "Near", "Placement", "QuestionGrouping"]
