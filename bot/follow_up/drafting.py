"""Makes drafts for the knowledge base from groups that staff answered."""

import re
from collections.abc import Container, Sequence
from dataclasses import dataclass
from datetime import date

from bot.follow_up.slugs import new_slug
from bot.masking.kinds import KINDS
from bot.questions import RecordedQuestion
from bot.records.drafts import Content, DraftKind
from bot.records.groups import Group
from knowledge.base import KnowledgeBase, Language
from knowledge.loading.lint import normalised
from knowledge.loading.schema import MAX_QUESTION_LENGTH

_PLACEHOLDER = re.compile(rf"\[(?:{'|'.join(sorted({kind.label for kind in KINDS}))})[^\]]*\]|\*{{3,}}|\N{{LOCK}}")
"""What stands for a personal number; short numbers become asterisks alone."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """A draft that is to be kept."""

    kind: DraftKind
    entry_id: str
    content: Content


def propose(
    group: Group, questions: Sequence[RecordedQuestion], knowledge: KnowledgeBase, taken: Container[str], today: date
) -> Proposal | None:
    """What an answered group adds to the knowledge base; None when it knows everything already.

    `taken` are the ids that no new entry may have.
    """
    asked: list[tuple[Language, str]] = [(group.language, group.title)]
    asked += [(question.language, question.text) for question in questions]
    usable = [(language, tidied) for language, text in asked if (tidied := usable_phrasing(text))]
    if group.standing.entry_id:
        return _phrasings(group.standing.entry_id, usable, knowledge)
    return _entry(group, usable, knowledge, taken, today)


def usable_phrasing(text: str) -> str | None:
    """The text as a way to ask, or None when it holds a masked number, is too long, or has no letter in it."""
    tidied = " ".join(text.split())
    if _PLACEHOLDER.search(tidied) or len(tidied) > MAX_QUESTION_LENGTH or not normalised(tidied):
        return None
    return tidied


def topic_of(group: Group, knowledge: KnowledgeBase) -> str | None:
    """The topic of the entry that the group is linked to, or of the nearest one that answers something."""
    linked = knowledge.entries.get(group.standing.entry_id or "")
    near = (knowledge.entries.get(each.entry_id) for each in group.nearest)
    answers = (entry for entry in near if entry and not entry.known_gap)  # what is answered now is no gap any more
    entry = linked or next(answers, None)
    return entry.topic_id if entry else None


def _phrasings(entry_id: str, usable: list[tuple[Language, str]], knowledge: KnowledgeBase) -> Proposal | None:
    entry = knowledge.entries.get(entry_id)
    known = {normalised(text) for _, text in entry.ways_to_ask()} if entry else set()
    content = Content()
    for language, text in usable:
        if normalised(text) not in known:
            content = content.with_phrasing(language, text)
    return Proposal(DraftKind.PHRASINGS, entry_id, content) if content.phrasings else None


def _entry(
    group: Group,
    usable: list[tuple[Language, str]],
    knowledge: KnowledgeBase,
    taken: Container[str],
    today: date,
) -> Proposal:
    question: dict[Language, str] = {}
    for language, text in usable:
        question.setdefault(language, text)
    answer = group.standing.answer
    texts: dict[Language, str | None] = {"ko": answer.ko, "en": answer.en} if answer else {}
    content = Content(
        question=question,
        answer={language: text for language, text in texts.items() if text},
        topic=topic_of(group, knowledge),
        as_of=today.isoformat(),
    )
    for language, text in usable:
        content = content.with_phrasing(language, text)
    entry_id = new_slug(question.get("en") or question.get("ko") or "", taken)
    return Proposal(DraftKind.ENTRY, entry_id, content)
