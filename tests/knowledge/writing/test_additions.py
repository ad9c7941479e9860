"""What the files say after a change is compared with what they should say."""

from dataclasses import replace

from knowledge.base import Bilingual, Entry, KnowledgeBase, Topic
from knowledge.writing.additions import Additions, MorePhrasings, NewEntry, missing

PLACE = Entry("place", "cluster", Bilingual("어디?"), Bilingual("저기."), {"ko": ("위치",), "en": ()})
NEW = Entry("new", "cluster", Bilingual("새?", "New?"), Bilingual("네."), {"ko": ("새것",), "en": ()})
ADDITIONS = Additions(
    (NewEntry("new", "cluster", {"ko": "새?", "en": "New?"}, {"ko": "네."}, {"ko": ("새것",)}),),
    (MorePhrasings("place", {"ko": ("장소",)}),),
)
WITH_MORE = replace(PLACE, phrasings={"ko": ("위치", "장소"), "en": ()})


def _base(*entries: Entry) -> KnowledgeBase:
    return KnowledgeBase((Topic("cluster", Bilingual("집적단지"), entries),))


def test_what_was_added_is_there() -> None:
    assert missing(_base(PLACE), _base(WITH_MORE, NEW), ADDITIONS) == []


def test_what_is_lacking_or_another_is_named() -> None:
    assert missing(_base(PLACE), _base(WITH_MORE), ADDITIONS) == ["new"]
    assert missing(_base(PLACE), _base(PLACE, NEW), ADDITIONS) == ["place"]
    assert missing(_base(PLACE), _base(WITH_MORE, replace(NEW, answer=Bilingual("네"))), ADDITIONS) == ["new"]
    assert missing(_base(PLACE), _base(WITH_MORE, replace(NEW, phrasings={"ko": ()})), ADDITIONS) == ["new"]
    assert missing(_base(PLACE), _base(replace(WITH_MORE, as_of="2020"), NEW), ADDITIONS) == ["place"]
    assert missing(_base(PLACE), _base(NEW), ADDITIONS) == ["place"]
    assert missing(_base(PLACE), _base(WITH_MORE, NEW, replace(NEW, id="more")), ADDITIONS) == ["more"]
