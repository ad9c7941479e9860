"""What is wrong with a draft before it is put into the knowledge base, and what to do about it."""

import re
from collections.abc import Collection, Iterator
from dataclasses import replace

from bot.records.drafts import Content, Draft, DraftKind
from bot.records.errors import DraftFault
from knowledge.base import KnowledgeBase
from knowledge.text.cleaning import letters_of
from knowledge.yaml_format.schema import MAX_ANSWER_LENGTH, MAX_ID_LENGTH, MAX_QUESTION_LENGTH

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
