import os
from pathlib import Path

import pytest

from bot.ordinary_files import ordinary_text


def test_a_file_is_read_in_its_encoding(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("글\n", encoding="utf-8-sig")
    assert ordinary_text(tmp_path / "file", "utf-8-sig") == "글\n"


def test_what_has_no_end_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    for place in (tmp_path / "pipe", Path("/dev/zero"), tmp_path):
        with pytest.raises(OSError, match="pipe, a device or a folder"):
            ordinary_text(place, "ascii")
