"""Whether a question stands alone, and how it is read together with the one before it."""

import re
from collections.abc import Iterable

from knowledge.matching.analysis import Analysis, is_question_word

_POINTING_BACK = re.compile(
    r"^\s*(그럼|그러면|그건|그거|그게|그걸|그곳|그쪽|그중에?|그런|그 |거기|거긴|그리고|또|이건|이거|저기"
    r"|걔네?|얘네?|다른|비슷한|(?:첫|두|세|네) ?번째|마지막|what about|and |how about|what else)"
)
_TOPIC_ALONE = re.compile(r"^\S{1,12}(은|는)요?\s*[?.!~]*$")
_NAMES_NOTHING = frozenset(
    [
        "어디",
        "누구",
        "얼마",
        "언제",
        "뭐",
        "무엇",
        "거",
        "것",
        "게",
        "곳",
        "데",
        "그거",
        "그것",
        "그곳",
        "거기",
        "분",
        "그분",
        "때",
        "점",
        "수",
    ]
)
_MOST_WORDS = 3
"""A question of so few content words says too little to stand alone."""


def depends_on_previous(analysis: Analysis, text: str) -> bool:
    """Whether the question may need the one before it: it points back, or asks something of nothing it names."""
    if _POINTING_BACK.search(text) or names_only_a_topic(text):
        return True
    return "none" not in analysis.kinds and len(set(analysis.morphemes)) <= _MOST_WORDS


def names_something(morphemes: Iterable[str]) -> bool:
    """Whether a noun of the question says what it is on: not in 'where is it?', nor in 'why that?'."""
    return any(morpheme.endswith("/N") and morpheme[:-2] not in _NAMES_NOTHING for morpheme in morphemes)


def names_only_a_topic(text: str) -> bool:
    """Whether the question is a topic alone ('조선대는?'), so that what is asked of it stands in the one before."""
    return bool(_TOPIC_ALONE.search(without_pointing_back(text)))


def without_pointing_back(text: str) -> str:
    """The question without the words that point back; the question itself where nothing else is left."""
    return _POINTING_BACK.sub("", text, count=1).strip() or text


def joined(previous: str, question: str) -> str:
    """Both questions as one text, in which the new one counts more: term frequencies favour what stands twice."""
    return f"{question} {previous} {question}"


def joined_analyses(previous: Analysis, question: Analysis) -> Analysis:
    """The analysis of both questions as one text, from the analysis of each.

    Where the new question says what it asks (when, how much), what the one before it asked no longer counts.
    """
    asks = "none" not in question.kinds
    before = tuple(word for word in previous.morphemes if not (asks and is_question_word(word)))
    return Analysis(
        morphemes=question.morphemes + before + question.morphemes,
        kinds=question.kinds if asks else previous.kinds,
        numbers=previous.numbers | question.numbers,
        places=previous.places | question.places,
        years=previous.years | question.years,
        names=previous.names | question.names,
        people=previous.people | question.people,
    )
