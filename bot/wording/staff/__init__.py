"""What staff read at the terminal, in their group, and wherever they work, by language."""

from bot.wording.staff.staff_english import ENGLISH
from bot.wording.staff.staff_group import StaffGroupSentences
from bot.wording.staff.staff_group_english import STAFF_GROUP_ENGLISH
from bot.wording.staff.staff_group_korean import STAFF_GROUP_KOREAN
from bot.wording.staff.staff_korean import KOREAN
from bot.wording.staff.staff_sentences import StaffSentences
from knowledge.base import Language

_AT_TERMINAL: dict[Language, StaffSentences] = {"ko": KOREAN, "en": ENGLISH}


def staff_sentences(language: Language) -> StaffSentences:
    """The sentences of that language."""
    return _AT_TERMINAL[language]


_IN_GROUP: dict[Language, StaffGroupSentences] = {"ko": STAFF_GROUP_KOREAN, "en": STAFF_GROUP_ENGLISH}


def staff_group_sentences(language: Language) -> StaffGroupSentences:
    """The sentences of that language."""
    return _IN_GROUP[language]
