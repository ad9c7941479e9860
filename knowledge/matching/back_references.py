"""Whether a question points back to the one before it, by its words alone."""

import re
from collections.abc import Iterable

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


def points_back(text: str) -> bool:
    """Whether the question begins with a word for what was spoken of."""
    return bool(_POINTING_BACK.search(text))


def names_something(morphemes: Iterable[str]) -> bool:
    """Whether a noun of the question says what it is on: not in 'where is it?', nor in 'why that?'."""
    return any(morpheme.endswith("/N") and morpheme[:-2] not in _NAMES_NOTHING for morpheme in morphemes)


def names_only_a_topic(text: str) -> bool:
    """Whether the question is a topic alone ('조선대는?'), so that what is asked of it stands in the one before."""
    return bool(_TOPIC_ALONE.search(without_pointing_back(text)))


def without_pointing_back(text: str) -> str:
    """The question without the words that point back; the question itself where nothing else is left."""
    return _POINTING_BACK.sub("", text, count=1).strip() or text
