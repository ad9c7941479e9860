"""Runs it by itself and says what became of it."""

import asyncio
import sys
import tempfile
from pathlib import Path

from tests.follow_up.run import run
from tests.prepared import OWN


def _main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        outcome = asyncio.run(run(Path(folder), OWN))
    sys.stdout.write(f"{outcome}\n")


if __name__ == "__main__":
    _main()
