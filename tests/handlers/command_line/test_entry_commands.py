"""`entries`: out into a workbook and back, a new entry by questions, and files in order."""

from pathlib import Path

import pytest
from openpyxl import load_workbook

from knowledge.loading.loader import load_knowledge
from knowledge.spreadsheet.columns import BY_NAME
from tests.handlers.command_line.small_program import KNOWLEDGE, SmallRoot, invoke


@pytest.fixture(autouse=True)
def korean_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "ko_KR.UTF-8")


def _exported(root: SmallRoot, tmp_path: Path, *, answer: str | None = None) -> Path:
    file = tmp_path / "base.xlsx"
    assert invoke(root, "entries", "export", file).exit_code == 0
    if answer:
        book = load_workbook(file)
        book["cluster"]["D2"].value = answer
        book.save(file)
    return file


def test_an_unchanged_workbook_changes_nothing(root: SmallRoot, tmp_path: Path) -> None:
    result = invoke(root, "entries", "import", _exported(root, tmp_path))
    assert result.stdout.splitlines() == ["바뀐 칸 0개, 새 항목 0개, 파일 0개를 썼습니다. 알릴 것 0개."]
    assert (root.folder / "entries/cluster.yaml").read_text(encoding="utf-8") == KNOWLEDGE


def test_a_dry_run_shows_the_difference_and_writes_nothing(root: SmallRoot, tmp_path: Path) -> None:
    file = _exported(root, tmp_path, answer="**5000억원**입니다.")
    result = invoke(root, "entries", "import", file, "--dry-run")
    assert result.exit_code == 0
    assert '-    answer: {ko: "**4116억원**입니다.", en: 411.6 billion won.}' in result.stdout
    assert "바뀔 칸 1개" in result.stdout
    assert (root.folder / "entries/cluster.yaml").read_text(encoding="utf-8") == KNOWLEDGE
    assert invoke(root, "entries", "import", file).exit_code == 0
    assert load_knowledge(root.folder).entries["budget"].answer.ko == "**5000억원**입니다."


@pytest.mark.parametrize("options", [["--dry-run"], []])
def test_a_date_to_come_is_told_at_its_cell_and_nothing_is_written(
    root: SmallRoot, tmp_path: Path, options: list[str]
) -> None:
    file, before = _exported(root, tmp_path), (root.folder / "entries/cluster.yaml").read_bytes()
    book = load_workbook(file)
    heads = [cell.value for cell in book["cluster"][1]]
    book["cluster"].cell(2, heads.index(BY_NAME["as_of"].heading) + 1).value = "2999"
    book.save(file)
    result = invoke(root, "entries", "import", str(file), *options)
    assert result.exit_code == 1
    assert "as_of ‘2999’는 아직 오지 않은 때입니다" in result.output + result.stderr
    assert (root.folder / "entries/cluster.yaml").read_bytes() == before


def test_a_file_that_is_no_workbook_is_told_in_korean(root: SmallRoot, tmp_path: Path) -> None:
    file = tmp_path / "base.xlsx"
    file.write_bytes("물음,답".encode("cp949"))
    result = invoke(root, "entries", "import", file)
    assert result.exit_code == 1
    assert "엑셀 통합 문서(.xlsx)로 읽을 수 없습니다." in result.stderr


def test_a_new_entry_is_asked_for_and_added(root: SmallRoot) -> None:
    typed = [
        "cluster",
        "몇 명이 일해요?",
        "How many people work there?",
        "직원 수",
        "일하는 사람",
        "",
        "50명입니다.",
        "",
        "paper",
    ]
    result = invoke(root, "entries", "new", given="\n".join([*typed, "작년", "2999", "2025", "", "y"]) + "\n")
    assert result.exit_code == 0, result.output
    assert "날짜로 읽을 수 없습니다" in result.stderr
    assert "as_of ‘2999’는 아직 오지 않은 때입니다" in result.stderr
    entry = load_knowledge(root.folder).entries["many-people-work-there"]
    assert (entry.answer.ko, entry.as_of, entry.phrasings["ko"]) == ("50명입니다.", "2025", ("직원 수", "일하는 사람"))
    assert (root.folder / "entries/cluster.yaml").read_text(encoding="utf-8").startswith(KNOWLEDGE)


def test_a_topic_that_is_not_there_gets_a_file(root: SmallRoot) -> None:
    typed = ["bus", "버스", "버스 있어요?", "", "", "있습니다.", "", "", "", "", "y"]
    assert invoke(root, "entries", "new", given="\n".join(typed) + "\n").exit_code == 0
    knowledge = load_knowledge(root.folder)
    assert knowledge.entries["bus-1"].topic_id == "bus"
    assert [topic.title.ko for topic in knowledge.topics if topic.id == "bus"] == ["버스"]


def test_what_is_asked_already_is_told_and_asked_for_again(root: SmallRoot) -> None:
    asked = load_knowledge(root.folder).entries["budget"].question.ko
    typed = ["cluster", asked, "몇 명이 일해요?", "", asked, "직원 수", "", "50명입니다.", "", "", "", "", "y"]
    result = invoke(root, "entries", "new", given="\n".join(typed) + "\n")
    assert result.stderr.count("이미 ‘budget’의 물음입니다") == 2
    (entry,) = [each for each in load_knowledge(root.folder).entries.values() if each.question.ko == "몇 명이 일해요?"]
    assert entry.phrasings["ko"] == ("직원 수",)


def test_a_note_stays_above_its_key_when_files_are_put_in_order(root: SmallRoot) -> None:
    entry = "  # of x\n  - question: 물음\n    id: x\n    # on the answer\n    answer: |\n      하나\n      둘\n"
    file = root.folder / "entries/a.yaml"
    file.write_text(
        f"topic: a\nentries:\n{entry}    phrasings:\n      - 말\n\n  # of y\n  - {{id: y, question: q, answer: a}}\n",
        encoding="utf-8",
    )
    assert invoke(root, "entries", "format", "a.yaml").exit_code == 0
    assert file.read_text(encoding="utf-8").splitlines()[2:] == [
        "  # of x",
        "  - id: x",
        "    question: 물음",
        "    phrasings:",
        "      - 말",
        "    # on the answer",
        "    answer: |",
        "      하나",
        "      둘",
        "",
        "  # of y",
        "  - {id: y, question: q, answer: a}",
    ]


def test_a_workbook_that_is_not_there_is_told_in_korean(root: SmallRoot, tmp_path: Path) -> None:
    result = invoke(root, "entries", "import", tmp_path / "없음.xlsx")
    assert result.exit_code == 1
    assert "없음.xlsx 파일을 읽을 수 없습니다(그런 파일이 없습니다)." in result.stderr


def test_files_are_put_in_order_with_their_comments(root: SmallRoot) -> None:
    text = "topic: a\nentries:\n    # first\n    - answer: 답   # why\n      id: x\n      question: 물음  # asked\n"
    file = root.folder / "entries/a.yaml"
    file.write_text(text, encoding="utf-8")
    assert invoke(root, "entries", "format", "a.yaml", "--check").exit_code == 1
    assert invoke(root, "entries", "format", "a.yaml").stdout.split() == ["entries/a.yaml"]
    lines = [" ".join(line.split()) for line in file.read_text(encoding="utf-8").splitlines()]
    assert [line for line in lines if line.startswith(("- id", "question", "answer"))] == [
        "- id: x", "question: 물음 # asked", "answer: 답 # why",
    ]  # fmt: skip
    assert "# first" in lines
    assert invoke(root, "entries", "format", "a.yaml", "--check").exit_code == 0


def test_a_base_that_speaks_korean_alone_is_asked_for_no_english_and_a_source_must_be_there(root: SmallRoot) -> None:
    (root.folder / "about.yaml").write_text("languages: [ko]\n", encoding="utf-8")
    typed = ["cluster", "몇 명이 일해요?", "", "50명입니다.", "2026-11", "paper", "", "", "글쎄", "예"]
    result = invoke(root, "entries", "new", given="\n".join(typed) + "\n")
    assert result.exit_code == 0, result.output
    assert "그런 출처가 없습니다. 있는 것: paper." in result.stderr
    assert "y(예) 또는 n(아니요)" in result.stderr
    (entry,) = [each for each in load_knowledge(root.folder).entries.values() if each.question.ko == "몇 명이 일해요?"]
    assert (entry.answer.ko, entry.source and entry.source.key) == ("50명입니다.", "paper")
