"""What benchmarks print."""

import sys
from collections.abc import Iterable, Sequence
from typing import NoReturn


def markdown(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table; every column but the first is of figures."""
    lines = [headings, ["---", *["--:"] * (len(headings) - 1)], *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def stop(message: str) -> NoReturn:
    """Ends the program as after a mistake in its arguments."""
    print(message, file=sys.stderr)
    sys.exit(2)
