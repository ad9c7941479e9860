"""The sentences of the staff group by language."""

from bot.wording.staff_group import StaffGroupSentences
from bot.wording.staff_group_english import STAFF_GROUP_ENGLISH
from bot.wording.staff_group_korean import STAFF_GROUP_KOREAN
from knowledge.base import Language

_BY_LANGUAGE: dict[Language, StaffGroupSentences] = {"ko": STAFF_GROUP_KOREAN, "en": STAFF_GROUP_ENGLISH}


def staff_group_sentences(language: Language) -> StaffGroupSentences:
    """The sentences of that language."""
    return _BY_LANGUAGE[language]
