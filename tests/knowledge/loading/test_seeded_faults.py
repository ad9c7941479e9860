"""Mistakes of some seventy kinds, in our files and in fresh bases: each is told once, in place.

There are some two hundred of them, over four hundred in the long form.
"""

import random
import shutil
from pathlib import Path

import pytest

from knowledge.errors import Fault
from knowledge.loading.loader import read_leniently
from tests.knowledge.loading.seeded_faults import SEEDINGS

ROOT = Path(__file__).parents[3] / "knowledge"
BASES = [ROOT, *sorted((ROOT / "training/bases").iterdir())]


def _copied(base: Path, folder: Path) -> Path:
    for name in ("about.yaml", "sources.yaml", "vocabulary.yaml"):
        if (base / name).exists():
            shutil.copyfile(base / name, folder / name)
    shutil.copytree(base / "entries", folder / "entries")
    return folder


class _Sowing:
    """Puts one mistake into each file of base after base until there are enough of every kind."""

    def __init__(self, place: Path, of_each_kind: int) -> None:
        self.place = place
        self.chance = random.Random(14)  # noqa: S311  # a draw that is the same each time
        self.open = dict.fromkeys(SEEDINGS, of_each_kind)
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


@pytest.fixture(scope="module", params=[3, pytest.param(7, marks=pytest.mark.soak)])
def told(
    tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest
) -> list[tuple[str, tuple[str, int, int, str], list[Fault]]]:
    sowing = _Sowing(tmp_path_factory.mktemp("seeded"), request.param)
    for number in range(9):
        for base in BASES:
            if any(sowing.open.values()):
                sowing.sow(base, number)
    assert not any(sowing.open.values()), {kind: left for kind, left in sowing.open.items() if left}
    return sowing.told


Told = list[tuple[str, tuple[str, int, int, str], list[Fault]]]


def test_there_are_as_many_as_wanted_of_thirty_kinds(told: Told, request: pytest.FixtureRequest) -> None:
    assert len(told) >= 60 * request.node.callspec.params["told"]
    assert len({kind for kind, _, _ in told}) >= 30


def test_each_is_told_once(told: Told) -> None:
    assert [(kind, place, [str(fault) for fault in here]) for kind, place, here in told if len(here) != 1] == []


def test_each_is_told_at_its_line(told: Told) -> None:
    wrong = [(kind, place, str(here[0])) for kind, place, here in told if here and here[0].line != place[1]]
    assert wrong == []


def test_each_is_told_at_its_column(told: Told) -> None:
    wrong = [(kind, place, str(here[0])) for kind, place, here in told if here and here[0].column != place[2]]
    assert wrong == []


def test_each_is_told_for_what_it_is(told: Told) -> None:
    wrong = [(kind, place, str(here[0])) for kind, place, here in told if here and here[0].kind != place[3]]
    assert wrong == []


@pytest.mark.parametrize("base", BASES, ids=lambda base: base.name)
def test_there_is_no_false_alarm_on_clean_files(base: Path) -> None:
    _, faults = read_leniently(base)
    assert faults == []
