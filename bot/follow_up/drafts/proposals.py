"""What an answered group adds to the knowledge base, the id of a new entry, and what is wrong with a draft."""

import re
from collections.abc import Collection, Container, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from bot.masking import PLACEHOLDER
from bot.records.drafts import Content, Draft, DraftKind, new_slug
from bot.records.errors import DraftFault
from bot.records.groups import Group
from bot.records.questions import RecordedQuestion
from knowledge.base import MAX_ANSWER_LENGTH, MAX_ID_LENGTH, MAX_QUESTION_LENGTH, KnowledgeBase, Language
from knowledge.text.cleaning import letters_of

_PLACEHOLDER = re.compile(rf"{PLACEHOLDER.pattern}|\*{{3,}}")
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
    if _PLACEHOLDER.search(tidied) or len(tidied) > MAX_QUESTION_LENGTH or not letters_of(tidied):
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
    known = {letters_of(text) for _, text in entry.ways_to_ask()} if entry else set()
    content = Content()
    for language, text in usable:
        if letters_of(text) not in known:
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


_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


class Known:
    """What the knowledge base has, and the drafts that were looked at before. `used` are ids that entries once had."""

    def __init__(self, knowledge: KnowledgeBase, used: Collection[str]) -> None:
        self.knowledge = knowledge
        self.ids = {*knowledge.entries}
        self.retired = set(used) - self.ids
        self.gaps = {entry.id for entry in knowledge.entries.values() if entry.known_gap}
        self._asked = {
            letters_of(text): entry.id for entry in knowledge.entries.values() for _, text in entry.ways_to_ask()
        }

    def owner(self, text: str) -> str | None:
        """The id of the entry that is asked for in these words, if there is one."""
        return self._asked.get(letters_of(text))

    def holds(self, draft: Draft) -> bool:
        """Whether the knowledge base has all of the draft: somebody wrote it, or was interrupted in it."""
        entry, asked = self.knowledge.entries.get(draft.entry_id), draft.content.asked()
        if entry is None or not asked or any(self.owner(text) != draft.entry_id for _, text in asked):
            return False
        if draft.kind is DraftKind.PHRASINGS:
            return True
        texts = {text for text in (entry.answer.ko, entry.answer.en) if text}
        return texts == {text.strip() for text in draft.content.answer.values()}

    def lacking(self, draft: Draft) -> Draft:
        """The draft without phrasings that its entry has."""
        if draft.kind is DraftKind.ENTRY:
            return draft
        phrasings = {
            language: tuple(text for text in texts if self.owner(text) != draft.entry_id)
            for language, texts in draft.content.phrasings.items()
        }
        return replace(draft, content=Content(phrasings={key: texts for key, texts in phrasings.items() if texts}))

    def take_in(self, draft: Draft) -> None:
        """Counts the draft among what there is, for those that come after it."""
        self.ids.add(draft.entry_id)
        for _, text in draft.content.asked():
            self._asked.setdefault(letters_of(text), draft.entry_id)


def faults_of(draft: Draft, known: Known) -> list[DraftFault]:
    """Everything that keeps the draft from being written."""
    if draft.kind is DraftKind.ENTRY:
        found = [*_id_faults(draft, known), *_answer_faults(draft)]
    else:
        found = list(_target_faults(draft, known))
    return [DraftFault(draft.number, message) for message in (*found, *_words_faults(draft, known))]


def _id_faults(draft: Draft, known: Known) -> Iterator[str]:
    another = f"name another: drafts change {draft.number} --entry-id ID"
    if not _SLUG.fullmatch(draft.entry_id) or len(draft.entry_id) > MAX_ID_LENGTH:
        yield f"{draft.entry_id!r} is not an id: small letters, digits and hyphens, {MAX_ID_LENGTH} at most; {another}"
    if draft.entry_id in known.ids:
        yield f"an entry has the id {draft.entry_id!r}; {another}"
    if draft.entry_id in known.retired:
        yield f"an entry had the id {draft.entry_id!r}, and no id is used again; {another}"


def _answer_faults(draft: Draft) -> Iterator[str]:
    mend = f"drafts change {draft.number} --answer TEXT"
    if not draft.content.question:
        rewrite = f"drafts change {draft.number} --question TEXT"
        yield f"none of the citizens' words can be the question (masked numbers, or too long); write it: {rewrite}"
    if not draft.content.answer:
        yield f"there is no answer; write it: {mend}, or discard the draft"
    for text in draft.content.answer.values():
        if len(text) > MAX_ANSWER_LENGTH:
            yield f"the answer has {len(text):,} characters; an entry holds {MAX_ANSWER_LENGTH:,}; shorten it: {mend}"
        if text.count("**") % 2:
            yield f"the answer has a ** that would make words bold and is not closed; mend it: {mend}"


def _target_faults(draft: Draft, known: Known) -> Iterator[str]:
    if draft.entry_id not in known.ids:
        yield (
            f"no entry has the id {draft.entry_id!r}; name the one that answers: "
            f"drafts change {draft.number} --entry-id ID, or discard the draft"
        )


def _words_faults(draft: Draft, known: Known) -> Iterator[str]:
    asked = draft.content.asked()
    if not asked and draft.kind is DraftKind.PHRASINGS:
        yield f"no words are left in it; discard it: drafts discard {draft.number}"
    for _, text in asked:
        if not letters_of(text) or len(text) > MAX_QUESTION_LENGTH:
            yield f"{text[:40]!r} is empty or over {MAX_QUESTION_LENGTH} characters; write it anew, or leave it out"
        owner = known.owner(text)
        if owner is None or owner == draft.entry_id:
            continue
        what = (
            f"the known gap {owner!r}; take the gap out of its file"
            if owner in known.gaps
            else f"{owner!r}; discard it"
        )
        yield f"{text!r} is asked under {what}, or leave the words out: drafts change {draft.number} --without {text!r}"
