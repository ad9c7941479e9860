"""Over three hundred mistakes of 78 kinds, in our files and in fresh bases: each is told once, in place."""

import random
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from knowledge.loading.loader import read_leniently
from tests.knowledge.loading.seeded_faults import SEEDINGS

if TYPE_CHECKING:
    from knowledge.errors import Fault

ROOT = Path(__file__).parents[3] / "knowledge"
OF_EACH_KIND = 4
BASES = [ROOT, *sorted((ROOT / "training/bases").iterdir())]


def _copied(base: Path, folder: Path) -> Path:
    for name in ("about.yaml", "sources.yaml", "vocabulary.yaml"):
        if (base / name).exists():
            shutil.copyfile(base / name, folder / name)
    shutil.copytree(base / "entries", folder / "entries")
    return folder


class _Sowing:
    """Puts one mistake into each file of base after base until there are enough of every kind."""

    def __init__(self, place: Path) -> None:
        self.place = place
        self.chance = random.Random(14)  # noqa: S311  # a draw that is the same each time
        self.open = dict.fromkeys(SEEDINGS, OF_EACH_KIND)
        self.told: list[tuple[str, tuple[str, int, int, str], list[Fault]]] = []

    def sow(self, base: Path, number: int) -> None:
        folder = self.place / f"{base.name}-{number}"
        folder.mkdir()
        _copied(base, folder)
        seeded = {f"entries/{file.name}": self._into(file) for file in sorted((folder / "entries").iterdir())}
        _, faults = read_leniently(folder)
        for name, expected in seeded.items():
            here = [fault for fault in faults if fault.file == name]
            if expected:
                kind, (line, column, told) = expected
                self.told.append((kind, (name, line, column, told), here))
            else:
                assert here == []
        assert {fault.file for fault in faults} <= set(seeded)

    def _into(self, file: Path) -> tuple[str, tuple[int, int, str]] | None:
        kinds = [kind for kind, left in self.open.items() if left]
        self.chance.shuffle(kinds)
        for kind in sorted(kinds, key=lambda kind: -self.open[kind]):
            lines = file.read_text(encoding="utf-8").split("\n")
            place = SEEDINGS[kind](lines, self.chance)
            if place:
                self.open[kind] -= 1
                file.write_text("\n".join(lines), encoding="utf-8")
                return kind, place
        return None


def test_each_of_three_hundred_is_told_once_in_its_place_for_what_it_is(tmp_path: Path) -> None:
    sowing = _Sowing(tmp_path)
    for number in range(9):
        for base in BASES:
            if any(sowing.open.values()):
                sowing.sow(base, number)
    assert not any(sowing.open.values()), {kind: left for kind, left in sowing.open.items() if left}
    assert len(sowing.told) >= 300
    assert len({kind for kind, _, _ in sowing.told}) >= 30
    wrong = [
        (kind, place, [str(fault) for fault in here])
        for kind, place, here in sowing.told
        if [(fault.line, fault.column, fault.kind) for fault in here] != [place[1:]]
    ]
    assert wrong == []


@pytest.mark.parametrize("base", BASES, ids=lambda base: base.name)
def test_there_is_no_false_alarm_on_clean_files(base: Path) -> None:
    _, faults = read_leniently(base)
    assert faults == []
