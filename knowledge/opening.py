"""Opens a knowledge folder: everything that is needed to answer from it."""

from pathlib import Path

from knowledge.base import KnowledgeBase
from knowledge.finding import Finder, Limits
from knowledge.loading.loader import load_knowledge
from knowledge.matching import build_matcher


def open_finder(folder: Path, limits: Limits, cache: Path | None = None) -> tuple[KnowledgeBase, Finder]:  # noqa: ARG001  # nothing is kept yet
    """The knowledge base in the folder and a finder over it.

    Raises:
        KnowledgeFaultsError: with every fault of every file.
        FittedModelError: when the fitted numbers cannot be used.
    """
    knowledge = load_knowledge(folder)
    return knowledge, Finder(build_matcher(knowledge), limits)
