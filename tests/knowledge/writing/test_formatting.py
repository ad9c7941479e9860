"""Files that are in order stay as they are, and our own are."""

from pathlib import Path

import pytest

from knowledge.loading.base_files import topics_in
from knowledge.writing.file_layout import formatted

ROOT = Path(__file__).parents[3] / "knowledge"
BASES = [ROOT, *sorted((ROOT / "training/bases").iterdir())]


@pytest.mark.parametrize("base", BASES, ids=lambda base: base.name)
def test_the_files_that_we_give_are_in_order(base: Path) -> None:
    assert [change.file for change in formatted(base, topics_in(base))] == []
