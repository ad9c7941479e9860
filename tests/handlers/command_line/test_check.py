"""`check`: errors are exit code 1 and have places; warnings do not count."""

import json
from pathlib import Path

import pytest

from tests.handlers.command_line.small_program import KNOWLEDGE, SmallRoot, invoke

SAME = "topic: other\nentries:\n  - {id: other, question: 집적단지 예산 얼마?, answer: 답}\n"


@pytest.fixture(autouse=True)
def english_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("LC_ALL", "LC_MESSAGES"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "en_GB.UTF-8")


def _write(root: SmallRoot, name: str, text: str) -> Path:
    file = root.folder / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    return file


def test_sound_knowledge_base_is_exit_code_0(root: SmallRoot) -> None:
    result = invoke(root, "check")
    assert result.exit_code == 0
    assert result.stdout.splitlines()[-1] == "3 entries, 0 errors, 8 warnings"


def test_warning_has_a_place(root: SmallRoot) -> None:
    line = f"{root.folder}/entries/cluster.yaml:15:15: warning: 'gap-parking' has no English question."
    assert line in invoke(root, "check").stdout.splitlines()


def test_structural_faults_are_all_told(root: SmallRoot) -> None:
    file = _write(root, "entries/cluster.yaml", KNOWLEDGE.replace("source: paper", "source: book\n    colour: red"))
    result = invoke(root, "check")
    assert result.exit_code == 1
    assert result.stdout.splitlines()[:1] == [f"{file}:9:5: error: 'colour' is not a key that is known here."]


def test_phrasing_under_two_entries_is_an_error_with_both_places(root: SmallRoot) -> None:
    file = _write(root, "entries/other.yaml", SAME)
    result = invoke(root, "check")
    assert result.exit_code == 1
    assert result.stdout.splitlines()[0] == (
        f"{file}:3:27: error: '집적단지 예산 얼마?' is asked already under 'budget' at entries/cluster.yaml:6:20; "
        "nobody could say which is meant."
    )


@pytest.mark.parametrize(
    ("text", "column", "message"),
    [
        ("{broken", 2, "This line of the question file is not JSON."),
        ('{"id": "a", "question": "q", "entry": ["budget", "gone"]}', 50, "No entry has the id 'gone'."),
        ('{"id": "a", "question": "q", "entry": "budget", "also": "gone"}', 57, "No entry has the id 'gone'."),
        ('{"id": "a", "turns": [{"question": "q", "entry": "gone"}]}', 50, "No entry has the id 'gone'."),
    ],
)
def test_question_files_are_checked_too(root: SmallRoot, text: str, column: int, message: str) -> None:
    file = _write(root, "questions/first/q.jsonl", '{"id": "ok", "question": "q", "entry": "budget"}\n' + text + "\n")
    result = invoke(root, "check")
    assert result.exit_code == 1
    assert result.stdout.startswith(f"{file}:2:{column}: error: {message}")


def test_a_folder_that_is_not_there_is_named_once(
    root: SmallRoot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert invoke(root, "check", "--knowledge", "nowhere").stdout.startswith(f"{tmp_path}/nowhere/entries:1:1: ")


def test_question_files_are_checked_when_the_entries_are_broken(root: SmallRoot) -> None:
    _write(root, "entries/cluster.yaml", "topic: [")
    _write(root, "questions/first/q.jsonl", "{broken")
    assert invoke(root, "check").stdout.splitlines()[-1] == "0 entries, 2 errors, 0 warnings"


def test_korean_is_spoken_where_the_terminal_does_and_where_it_is_asked_for(
    root: SmallRoot, monkeypatch: pytest.MonkeyPatch
) -> None:
    _write(root, "entries/cluster.yaml", KNOWLEDGE.replace("source: paper", "source： paper"))
    told = [
        f"{root.folder}/entries/cluster.yaml:8:11: 오류: 쌍점이 전각 ‘：’입니다.",
        "     8 |     source： paper",
        "       |           ^",
        "    → 반각 쌍점과 빈칸을 쓰세요: source: paper",
        "항목 3개, 오류 1개, 경고 0개",
    ]
    assert invoke(root, "check", "--language", "ko").stdout.splitlines() == told
    monkeypatch.setenv("LANG", "ko_KR.UTF-8")
    assert invoke(root, "check").stdout.splitlines() == told


def test_json_is_for_programs(root: SmallRoot) -> None:
    file = _write(root, "entries/cluster.yaml", KNOWLEDGE.replace("source: paper", "source： paper"))
    shown = json.loads(invoke(root, "check", "--format", "json").stdout)
    assert shown["entries"] == 3
    assert [{key: fault[key] for key in ("file", "line", "column", "level", "rule")} for fault in shown["faults"]] == [
        {"file": str(file), "line": 8, "column": 11, "level": "error", "rule": "full-width-colon"}
    ]


def test_github_shows_faults_as_annotations(root: SmallRoot) -> None:
    file = _write(root, "entries/cluster.yaml", KNOWLEDGE.replace("source: paper", "source： paper"))
    (line,) = invoke(root, "check", "--format", "github").stdout.splitlines()
    assert line.startswith(f"::error file={file},line=8,col=11,title=full-width-colon::The colon is a full-width")


def test_entries_without_faults_are_counted_beside_those_with_some(root: SmallRoot) -> None:
    _write(root, "entries/cluster.yaml", KNOWLEDGE.replace("as_of: 2020", "as_of: yesterday"))
    assert invoke(root, "check").stdout.splitlines()[-1] == "2 entries, 1 errors, 0 warnings"


def test_a_file_that_is_no_topic_is_a_warning(root: SmallRoot) -> None:
    _write(root, "entries/notes.txt", "later")
    result = invoke(root, "check")
    assert result.exit_code == 0
    assert f"{root.folder}/entries/notes.txt:1:1: warning: 'notes.txt' is not read" in result.stdout


def test_deep_names_phrasings_that_another_entry_would_answer(root: SmallRoot) -> None:
    stray = KNOWLEDGE.replace("    see_also: [place]", "    phrasings: [위치 어디 집적단지]")
    _write(root, "entries/cluster.yaml", stray)
    shown = invoke(root, "check", "--deep").stdout
    place = f"{root.folder}/entries/cluster.yaml:10:17: warning: "
    assert f"{place}Had nobody written '위치 어디 집적단지', 'place' would have answered it and not 'budget'." in shown


def test_deep_names_questions_that_an_entry_without_practice_misses(root: SmallRoot) -> None:
    practised = json.dumps({"id": "1", "question": "예산 얼마 들어", "entry": "place"}, ensure_ascii=False)
    _write(root, "questions/first/in_scope.jsonl", practised)
    shown = invoke(root, "check", "--deep").stdout
    place = f"{root.folder}/entries/cluster.yaml:5:9: warning: "
    assert f"{place}'예산 얼마 들어' is not answered; is it 'budget' that answers it?" in shown


def test_missing_folder_is_told_with_its_name(root: SmallRoot) -> None:
    result = invoke(root, "check", "--knowledge", root.folder / "none")
    assert result.exit_code == 1
    assert f"{root.folder}/none/entries:1:1: error: There is no *.yaml file here" in result.stdout
