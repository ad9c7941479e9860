"""Whether a question stands alone, and how it is read together with the one before it."""

import re

from knowledge.matching.analysis import Analysis

_POINTING_BACK = re.compile(
    r"^\s*(그럼|그러면|그건|그거|그게|그곳|그쪽|거기|거긴|그리고|또|그 |이건|이거|저기|what about|and |how about)"
)
_TOPIC_ALONE = re.compile(r"^\S{1,12}(은|는)요?\s*[?.!~]*$")
_MOST_WORDS = 3
"""A question of so few content words says too little to stand alone."""


def depends_on_previous(analysis: Analysis, text: str) -> bool:
    """Whether the question points back at the one before it, or says too little without it."""
    words = set(analysis.morphemes)
    return bool(_POINTING_BACK.search(text) or _TOPIC_ALONE.search(text)) or len(words) <= _MOST_WORDS


def joined(previous: str, question: str) -> str:
    """Both questions as one text, in which the new one counts more: term frequencies favour what stands twice."""
    return f"{question} {previous} {question}"
