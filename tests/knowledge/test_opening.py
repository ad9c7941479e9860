"""A knowledge folder opens to the same finder with a cache, without one, and with a broken one."""

import gc
import os
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from kiwipiepy import Token

from knowledge import opening
from knowledge.base import KnowledgeBase
from knowledge.cache.prepared_files import PreparedFiles
from knowledge.errors import Fault, KnowledgeFaultsError
from knowledge.finding import Finder, Finding, Limits
from knowledge.loading import loader
from knowledge.opening import finder_over, open_finder
from knowledge.text.morphology import Morphology
from knowledge.yaml_format import yaml_reader
from knowledge.yaml_format.yaml_reader import Document

ROOT = Path(__file__).parents[2]
QUESTIONS = [
    "집적단지 예산이 얼마예요?",
    "예샨 언재 정해지나요",
    "wjsskaeosms?",
    "How much is the budget?",
    "부산 날씨",
    "",
]
ENTRIES = """
topic: cluster
entries:
  - {id: budget, question: {ko: 집적단지 예산이 얼마예요?, en: How much is the budget?}, answer: 4천억 원입니다.}
  - {id: place, question: 집적단지는 어디에 생기나요?, answer: 첨단3지구입니다.}
  - {id: parking, question: 주차 요금이 얼마예요?, answer: 알려진 것이 없습니다., known_gap: true}
"""


def _write(folder: Path) -> Path:
    (folder / "entries").mkdir(parents=True)
    (folder / "entries" / "cluster.yaml").write_text(ENTRIES, encoding="utf-8")
    (folder / "vocabulary.yaml").write_text("elsewhere:\n  - [부산]\n", encoding="utf-8")
    return folder


@dataclass(frozen=True)
class Made:
    """What was made of the folder without a cache, and a cache of a folder with the same files."""

    knowledge: KnowledgeBase
    finder: Finder
    cache: Path


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    """Made once, as it takes seconds."""
    place = tmp_path_factory.mktemp("made")
    folder = _write(place / "knowledge")
    open_finder(folder, Limits(), place / "cache")
    return Made(*open_finder(folder, Limits()), place / "cache")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return _write(tmp_path / "knowledge")


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    """A folder that is not there yet."""
    return tmp_path / "cache"


@pytest.fixture
def filled_cache(made: Made, cache: Path) -> Path:
    """A cache that holds what the folder says."""
    return Path(shutil.copytree(made.cache, cache))


@pytest.fixture
def no_files_read(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_folder: Path) -> None:
        raise AssertionError("the files are read again")

    monkeypatch.setattr(loader, "load_changed", refuse)


def _found(finder: Finder) -> list[Finding]:
    return [finder.find(question, previous) for question in QUESTIONS for previous in (None, "집적단지는 어디?")]


def test_finder_from_the_cache_finds_the_same(
    folder: Path, filled_cache: Path, made: Made, request: pytest.FixtureRequest
) -> None:
    request.getfixturevalue("no_files_read")
    knowledge, kept = open_finder(folder, Limits(), filled_cache)
    assert knowledge == made.knowledge
    assert _found(kept) == _found(made.finder)


def test_cache_changes_no_answer(folder: Path, cache: Path, made: Made) -> None:
    kept_knowledge, kept = open_finder(folder, Limits(), cache)
    assert kept_knowledge == made.knowledge
    assert _found(kept) == _found(made.finder)


def test_changed_file_is_read_again(folder: Path, filled_cache: Path) -> None:
    open_finder(folder, Limits(), filled_cache)
    file = folder / "entries" / "cluster.yaml"
    file.write_text(ENTRIES.replace("4천억", "5천억"), encoding="utf-8")
    knowledge, finder = open_finder(folder, Limits(), filled_cache)
    assert "5천억" in knowledge.entries["budget"].answer.ko
    entry = finder.find("집적단지 예산이 얼마예요?").candidates[0].entry
    assert "5천억" in entry.answer.ko


def test_limits_are_not_kept(folder: Path, filled_cache: Path) -> None:
    limits = replace(Limits(), wrong_answers=0.5, useful_suggestion=0.4)
    assert open_finder(folder, limits, filled_cache)[1].limits == limits


@pytest.mark.parametrize("content", [b"", b"garbage", None], ids=["empty", "garbage", "truncated"])
def test_broken_cache_is_made_anew(folder: Path, filled_cache: Path, made: Made, content: bytes | None) -> None:
    kept = {file: file.read_bytes() for file in filled_cache.iterdir()}
    for file, whole in kept.items():
        file.write_bytes(whole[: len(whole) // 2] if content is None else content)
    again, mended = open_finder(folder, Limits(), filled_cache)
    assert again == made.knowledge
    assert _found(mended) == _found(made.finder)
    assert all(PreparedFiles(filled_cache).load(file.stem) for file in kept)


def test_folder_that_cannot_be_written_is_done_without(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    assert open_finder(folder, Limits(), tmp_path / "file")[0].entries.keys() == {"budget", "place", "parking"}


def test_faults_are_told_with_and_without_a_cache(folder: Path, filled_cache: Path) -> None:
    (folder / "entries" / "cluster.yaml").write_text("topic: [", encoding="utf-8")
    for kept in (filled_cache, None):
        with pytest.raises(KnowledgeFaultsError, match=r"cluster\.yaml:1:8"):
            open_finder(folder, Limits(), kept)


def test_file_changed_while_it_is_read_is_not_kept(folder: Path, cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    digests = iter(["before", "after"])
    monkeypatch.setattr(opening, "digest_of", lambda _folder: next(digests))
    open_finder(folder, Limits(), cache)
    assert not {"before.pickle", "after.pickle"} & {file.name for file in cache.iterdir()}


@pytest.mark.parametrize("enabled", [True, False])
def test_collector_is_left_as_it_was(folder: Path, enabled: bool) -> None:
    try:
        (gc.enable if enabled else gc.disable)()
        open_finder(folder, Limits())
        assert gc.isenabled() is enabled
        (folder / "entries" / "cluster.yaml").write_text("", encoding="utf-8")
        with pytest.raises(KnowledgeFaultsError):
            open_finder(folder, Limits())
        assert gc.isenabled() is enabled
    finally:
        gc.enable()
        gc.unfreeze()


def test_start_from_the_cache_loads_nothing_it_can_do_without(folder: Path, filled_cache: Path) -> None:
    program = (
        "import sys; from pathlib import Path; from knowledge.finding import Limits\n"
        "from knowledge.opening import load_ahead, open_finder\n"
        "load_ahead(Path(sys.argv[1]), Path(sys.argv[2]))\n"
        "open_finder(Path(sys.argv[1]), Limits(), Path(sys.argv[2]))\n"
        "print(sorted({'yaml', 'pydantic', 'sklearn'} & sys.modules.keys()))"
    )
    command = [sys.executable, "-c", program, str(folder), str(filled_cache)]
    done = subprocess.run(command, check=True, capture_output=True, text=True, cwd=ROOT)
    assert done.stdout.strip() == "[]"


def test_answers_are_the_same_in_every_process(folder: Path, cache: Path) -> None:
    """Python orders sets of texts differently in each process; nothing may depend on it."""
    program = (
        "import sys; from pathlib import Path; from knowledge.finding import Limits\n"
        "from knowledge.opening import open_finder\n"
        "knowledge, finder = open_finder(Path(sys.argv[1]), Limits(), Path(sys.argv[2]))\n"
        "print([finder.find(question).candidates for question in sys.argv[3:]])"
    )
    command = [sys.executable, "-c", program, str(folder), str(cache), *QUESTIONS]
    outputs = [
        subprocess.run(
            command, check=True, capture_output=True, cwd=ROOT, env={**os.environ, "PYTHONHASHSEED": str(seed)}
        ).stdout
        for seed in range(2)
    ]
    assert outputs[0] == outputs[1]
    assert b"budget" in outputs[0]


@pytest.fixture
def analysed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The texts that Kiwi is given from now on, many at once."""
    read: list[str] = []
    tokenize_all = Morphology.tokenize_all

    def noted(morphology: Morphology, texts: Iterable[str]) -> Iterator[Sequence[Token]]:
        read.extend(texts := list(texts))
        return tokenize_all(morphology, texts)

    monkeypatch.setattr(Morphology, "tokenize_all", noted)
    return read


def test_only_new_texts_are_analysed_again(folder: Path, filled_cache: Path, analysed: list[str]) -> None:
    file = folder / "entries" / "cluster.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("주차 요금이", "주차비가"), encoding="utf-8")
    changed = open_finder(folder, Limits(), filled_cache)
    assert set(analysed) == {"주차비가 얼마예요?", "주차비가 얼마예요? 알려진 것이 없습니다."}
    analysed.clear()
    anew = open_finder(folder, Limits())
    assert len(analysed) > 4
    for question in (*QUESTIONS, "주차비"):
        assert repr(changed[1].find(question)) == repr(anew[1].find(question))


def test_finder_over_a_base_at_hand_finds_the_same_and_analyses_nothing_again(
    made: Made, filled_cache: Path, analysed: list[str]
) -> None:
    kept = {file.name for file in filled_cache.iterdir()}
    finder = finder_over(made.knowledge, Limits(), filled_cache)
    assert analysed == []
    assert _found(finder) == _found(made.finder)
    assert {file.name for file in filled_cache.iterdir()} == kept
    assert _found(finder_over(made.knowledge, Limits())) == _found(made.finder)
    assert len(analysed) > 4


def test_only_changed_files_are_read_again(folder: Path, filled_cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str] = []
    read_yaml = yaml_reader.read_yaml

    def noted(file: Path, name: str) -> tuple[Document, list[Fault]]:
        read.append(name)
        return read_yaml(file, name)

    other = folder / "entries" / "other.yaml"
    other.write_text(
        "topic: other\nentries:\n  - {id: zoo, question: 동물원은 언제 열어요?, answer: 9시입니다.}\n", encoding="utf-8"
    )
    monkeypatch.setattr(loader, "read_yaml", noted)
    knowledge, _ = open_finder(folder, Limits(), filled_cache)
    assert knowledge == loader.load_knowledge(folder)
    assert read[: read.index("entries/cluster.yaml")] == ["vocabulary.yaml", "entries/other.yaml", "vocabulary.yaml"]


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("topic: other\nentries:\n  - {id: budget, question: 예산?, answer: 4천억 원입니다.}\n", "other.yaml:3:"),
        ("topic: cluster\nentries:\n  - {id: zoo, question: 예산?, answer: 4천억 원입니다.}\n", "other.yaml:1:"),
        ("topic: other\nentries:\n  - {id: zoo, question: 예산?, answer: 9시., see_also: [no]}\n", "other.yaml:3:"),
    ],
)
def test_faults_between_files_that_are_known_and_new_are_told(
    folder: Path, filled_cache: Path, text: str, fault: str
) -> None:
    (folder / "entries" / "other.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(KnowledgeFaultsError, match=fault):
        open_finder(folder, Limits(), filled_cache)


def test_reference_to_an_entry_that_went_away_is_told_of_a_file_that_is_known(folder: Path, cache: Path) -> None:
    other = folder / "entries" / "other.yaml"
    other.write_text(
        "topic: other\nentries:\n  - {id: zoo, question: 동물원?, answer: 9시., see_also: [place]}\n", encoding="utf-8"
    )
    open_finder(folder, Limits(), cache)
    file = folder / "entries" / "cluster.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("id: place", "id: where"), encoding="utf-8")
    with pytest.raises(KnowledgeFaultsError, match=r"other\.yaml:3:"):
        open_finder(folder, Limits(), cache)


def test_other_words_of_the_editors_make_all_be_read_anew(folder: Path, filled_cache: Path, cache: Path) -> None:
    before = {file.name for file in cache.iterdir()}
    (folder / "vocabulary.yaml").write_text("elsewhere:\n  - [집적단지]\n", encoding="utf-8")
    open_finder(folder, Limits(), filled_cache)
    assert len({file.name for file in cache.iterdir()} - before) == 3
