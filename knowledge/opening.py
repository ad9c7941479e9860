"""Opens a knowledge folder: the knowledge base, and a finder over it that answers at once."""

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from knowledge.base import KnowledgeBase, Vocabulary
from knowledge.cache.digest import digest_of, digest_of_parts, digest_of_reading, digest_of_vocabulary
from knowledge.cache.prepared_files import PreparedFiles
from knowledge.finding import Finder, Limits
from knowledge.matching import Matcher

_WARMING_UP = "wlqwjrekswl 예샨 언재 정해지나요? How much is it?"
"""A question with slips in both languages: whatever is loaded or worked out at first use is there afterwards."""


Keep = Callable[[], None]
"""Keeps what was made for the next time; it takes a second or more, and may be left out."""


def open_finder(folder: Path, limits: Limits, cache: Path | None = None) -> tuple[KnowledgeBase, Finder]:
    """The knowledge base in `folder`, and a finder over it.

    With `cache`, what was made of the files is kept in that folder, and taken from there as long as no file, no line of
    this room's code and no library has changed. The folder is made when it is missing; no other user may be
    able to open it. Without one, or when it cannot be used, all is made anew, which takes seconds. When files have
    changed, only those are read, and only texts that are new are analysed, which takes longest.

    Raises:
        KnowledgeFaultsError: with every fault of every file.
        FittedModelError: the fitted numbers cannot be used.
    """
    knowledge, finder, keep = open_finder_first(folder, limits, cache)
    keep()
    return knowledge, finder


def open_finder_first(folder: Path, limits: Limits, cache: Path | None = None) -> tuple[KnowledgeBase, Finder, Keep]:
    """The same for who must answer at once, and has time to keep what was made when that is done."""
    with _no_collecting():
        knowledge, matcher, keep = _opened(folder, PreparedFiles(cache)) if cache else (*_made(folder), _nothing)
        finder = Finder(matcher, limits)
        finder.find(_WARMING_UP)
    return knowledge, finder, keep


def finder_over(knowledge: KnowledgeBase, limits: Limits, cache: Path | None = None) -> Finder:
    """A finder over a knowledge base wherever it comes from, which is not kept.

    Texts whose analysis `open_finder` has kept in `cache` are not analysed again. Raises FittedModelError.
    """
    from knowledge.matching import build_matcher
    from knowledge.matching.analysis import analyzer_of

    known = PreparedFiles(cache).load(digest_of_reading(knowledge.vocabulary)) if cache else None
    with _no_collecting(), analyzer_of(knowledge.vocabulary).remembering(known or {}):
        return Finder(build_matcher(knowledge), limits)


def load_ahead(folder: Path, cache: Path | None = None) -> None:
    """Loads into this process what a finder over the folder needs whatever its entries say, and no cache holds: Kiwi.

    A process that is forked from this one has all of it at once.
    """
    from knowledge.matching.analysis import analyzer_of

    analyzer_of(_vocabulary_in(folder, cache))


def _vocabulary_in(folder: Path, cache: Path | None) -> Vocabulary:
    kept: Vocabulary | None = PreparedFiles(cache).load(digest_of_vocabulary(folder)) if cache else None
    if kept is not None:
        return kept
    from knowledge.loading.loader import vocabulary_of  # takes a sixth of a second to import

    return vocabulary_of(folder)


def load_what_changes_need() -> None:
    """Loads into this process what reads and indexes files that were changed; a cached matcher brings it along."""
    from knowledge.loading import loader
    from knowledge.matching import build_matcher
    from knowledge.matching.fitted import load_fitted
    from knowledge.text.words import word_frequencies

    _ = build_matcher, loader
    word_frequencies()
    load_fitted()


def _opened(folder: Path, store: PreparedFiles) -> tuple[KnowledgeBase, Matcher, Keep]:
    digest = digest_of(folder)
    kept = store.load(digest)
    if kept is not None:
        return (*kept, _nothing)
    of_vocabulary = digest_of_vocabulary(folder)
    knowledge, matcher, new = _made_with_what_is_known(folder, store)
    if digest_of(folder) == digest:  # nobody wrote while it was read
        new[digest] = (knowledge, matcher)
        new[of_vocabulary] = knowledge.vocabulary

    def keep() -> None:
        for name, each in new.items():
            store.save(name, each)

    return knowledge, matcher, keep


def _nothing() -> None:
    """Nothing is to be kept."""


def _made_with_what_is_known(folder: Path, store: PreparedFiles) -> tuple[KnowledgeBase, Matcher, dict[str, object]]:
    """What is made of the folder with the files and texts that were read before; and what is to be kept of it."""
    from knowledge.loading.loader import load_changed
    from knowledge.matching import build_matcher
    from knowledge.matching.analysis import analyzer_of

    of_parts = digest_of_parts()
    known_parts = store.load(of_parts) or {}
    knowledge, parts = load_changed(folder, known_parts)
    of_reading = digest_of_reading(knowledge.vocabulary)
    known = store.load(of_reading) or {}
    with analyzer_of(knowledge.vocabulary).remembering(known) as used:
        matcher = build_matcher(knowledge)
    new: dict[str, object] = {}
    if not parts.keys() <= known_parts.keys():
        new[of_parts] = parts
    if not used.keys() <= known.keys():
        new[of_reading] = used
    return knowledge, matcher, new


def _made(folder: Path) -> tuple[KnowledgeBase, Matcher]:
    from knowledge.loading.loader import load_knowledge
    from knowledge.matching import build_matcher

    knowledge = load_knowledge(folder)
    return knowledge, build_matcher(knowledge)


@contextmanager
def _no_collecting() -> Iterator[None]:
    """Nothing of the many objects made meanwhile is garbage: looking for it would take a third of the time.

    Afterwards they are set apart, so that no later collection, in the middle of a question, looks at all of them.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
        gc.freeze()
    finally:
        if was_enabled:
            gc.enable()
