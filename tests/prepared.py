"""What was made of a knowledge folder in many seconds is made once, and kept for all workers, programs and runs."""

import fcntl
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from knowledge.base import KnowledgeBase
from knowledge.cache.digest import digest_of, digest_of_reading
from knowledge.cache.prepared_files import PreparedFiles
from knowledge.finding import Limits
from knowledge.matching.analysis import analyzer_of
from knowledge.opening import open_finder

ROOT = Path(__file__).parents[1]
OWN = ROOT / "knowledge"
"""The knowledge base that citizens ask."""
_SET_UP = ROOT / "data/cache"
"""Where `make setup` prepares the project's own knowledge base."""
_KEPT = ROOT / "data/tests"
_MOST = 3
"""Folders that are kept: a change of the code makes another one."""


@cache
def cache_of(knowledge: Path = OWN) -> Path:
    """A CACHE_DIR that holds what was made of the knowledge folder; only what is opened unchanged may write there."""
    digest = digest_of(knowledge)
    place = _KEPT / digest
    place.mkdir(mode=0o700, parents=True, exist_ok=True)
    with (_KEPT / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # who comes second waits, and finds it made
        kept = PreparedFiles(place)._file(digest)
        if not kept.exists() and (_SET_UP / kept.name).exists():
            for file in _SET_UP.glob(f"*{kept.suffix}"):  # its files and texts too, for the knowledge bases made of it
                shutil.copy2(file, place)
        if not kept.exists():
            open_finder(knowledge, Limits(), place)
        _tidy()
    return place


@contextmanager
def analysed_before(knowledge: KnowledgeBase) -> Iterator[None]:
    """Inside of the block, a matcher over that base is made without analysing anew what the project's base says."""
    known = PreparedFiles(cache_of(OWN)).load(digest_of_reading(knowledge.vocabulary))
    with analyzer_of(knowledge.vocabulary).remembering(known or {}):
        yield


def _tidy() -> None:
    folders = sorted(filter(Path.is_dir, _KEPT.iterdir()), key=lambda folder: folder.stat().st_mtime, reverse=True)
    for old in folders[_MOST:]:
        shutil.rmtree(old, ignore_errors=True)
