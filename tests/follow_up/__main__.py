"""Runs it by itself and says what became of it."""

import asyncio
import sys
import tempfile
from pathlib import Path

from tests.follow_up.run import run


def _main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        outcome = asyncio.run(run(Path(folder)))
    sys.stdout.write(f"{outcome}\n")


if __name__ == "__main__":
    _main()
