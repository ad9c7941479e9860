"""Staff read and export recorded questions in a terminal, a program or a spreadsheet."""

import csv
import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.errors import AssistantError, StorageError, UnknownQuestionError
from bot.follow_up.overview.question_export import cell
from bot.records.questions import QuestionState
from handlers.command_line.follow_up.questions import questions_app
from tests.handlers.command_line.small_root import SmallRoot


@pytest.fixture
def root(tmp_path: Path) -> SmallRoot:
    root = SmallRoot(tmp_path)
    root.record()
    return root


def _output(root: SmallRoot, *arguments: str, terminal: bool = False, language: str = "C.UTF-8") -> str:
    variables = {"LC_ALL": language, "FORCE_COLOR": "1" if terminal else None, "COLUMNS": "100"}
    result = CliRunner().invoke(questions_app(root), arguments, env=variables, catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.stdout_bytes.decode()


def test_list_in_a_pipe_is_plain_and_stable(root: SmallRoot) -> None:
    root.record("예산이 얼마예요?", "두 줄\n\t질문 \x1b[31m빨강")
    assert _output(root, "list") == (
        "2\topen\t2026-11-22T00:30:00+00:00\t두 줄 질문 [31m빨강\n"
        "1\topen\t2026-11-22T00:30:00+00:00\t예산이 얼마예요?\n"
    )


def test_list_on_a_terminal_is_a_table_in_local_time(root: SmallRoot) -> None:
    root.record("예산이 [bold]얼마[/bold]예요?")
    shown = _output(root, "list", terminal=True)
    assert "2026-11-22 09:30" in shown
    assert "미답변" in shown
    assert "예산이 [bold]얼마[/bold]예요?" in shown


@pytest.mark.parametrize(
    ("language", "said"), [("ko_KR.UTF-8", "기록된 질문이 없습니다."), ("en_US.UTF-8", "No questions")]
)
def test_empty_list_says_so_in_the_terminals_language(root: SmallRoot, language: str, said: str) -> None:
    assert said in _output(root, "list", terminal=True, language=language)


def test_empty_list_in_a_pipe_is_empty(root: SmallRoot) -> None:
    assert _output(root, "list") == ""


def test_list_of_one_state_and_limit(root: SmallRoot) -> None:
    root.record("열린 질문")
    root.record("제안 하나", "제안 둘", state=QuestionState.OFFERED)
    listed = json.loads(_output(root, "list", "--state", "offered", "--limit", "1", "--json"))
    assert [question["question"] for question in listed] == ["제안 둘"]


def test_show_for_programs(root: SmallRoot) -> None:
    root.record("예산이 얼마예요?")
    assert json.loads(_output(root, "show", "1", "--json")) == {
        "number": 1,
        "question": "예산이 얼마예요?",
        "language": "ko",
        "outcome": "fallback",
        "state": "open",
        "asked_at": "2026-11-22T00:30:00+00:00",
        "nearest": [
            {"entry_id": "cluster-budget", "confidence": 0.25},
            {"entry_id": "cluster-period", "confidence": 0.125},
        ],
        "group": None,
    }


def test_show_for_people(root: SmallRoot) -> None:
    root.record("예산이 얼마예요?")
    shown = _output(root, "show", "1")
    assert "질문: 예산이 얼마예요?\n" in shown
    assert "  0.25  cluster-budget\n" in shown


@pytest.mark.parametrize(
    "arguments", [("list",), ("show", "1"), ("stats",), ("groups",), ("export", "--format", "csv"), ("pause",)]
)
def test_missing_database_is_said_to_be_missing_and_not_made(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    with pytest.raises(StorageError, match=r"there is no database '.*assistant\.db' yet; .* `database upgrade`"):
        _output(SmallRoot(tmp_path), *arguments)
    assert not list(tmp_path.iterdir())


def test_show_unknown_number_raises_for_the_caller(root: SmallRoot) -> None:
    with pytest.raises(UnknownQuestionError):
        _output(root, "show", "7")


def test_json_export_is_every_question(root: SmallRoot) -> None:
    root.record("하나", "둘")
    assert [question["question"] for question in json.loads(_output(root, "export", "--format", "json"))] == [
        "둘",
        "하나",
    ]


def test_csv_export_opens_in_excel_with_hangul(root: SmallRoot, tmp_path: Path) -> None:
    root.record('따옴표 " 쉼표, 줄\n바꿈')
    file = tmp_path / "questions.csv"
    _output(root, "export", "--format", "csv", "--output", str(file))
    content = file.read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    assert [row["question"] for row in rows] == ['따옴표 " 쉼표, 줄 바꿈']
    assert rows[0]["nearest"] == "cluster-budget 0.25, cluster-period 0.12"


def test_csv_export_to_standard_output_is_the_same(root: SmallRoot, tmp_path: Path) -> None:
    root.record("=1+1")
    file = tmp_path / "questions.csv"
    _output(root, "export", "--format", "csv", "--output", str(file))
    assert _output(root, "export", "--format", "csv").encode() == file.read_bytes()


def test_export_to_an_impossible_file_is_one_line(root: SmallRoot, tmp_path: Path) -> None:
    with pytest.raises(AssistantError, match="cannot be written: Is a directory; name another file"):
        _output(root, "export", "--format", "json", "--output", str(tmp_path))


_SIGNS = "=+-@＝＋－＠﹢﹣﹦﹫"
_BLANKS = [
    "",
    " ",
    "   ",
    "\t",
    "\r",
    "\n",
    "\0",
    "\N{NO-BREAK SPACE}",
    "\N{IDEOGRAPHIC SPACE}",
    "\N{ZERO WIDTH SPACE}",
    "\N{ZERO WIDTH NO-BREAK SPACE}",
]


@pytest.mark.parametrize("blanks", _BLANKS)
@pytest.mark.parametrize("sign", _SIGNS)
def test_cell_is_never_a_formula(blanks: str, sign: str) -> None:
    assert cell(f"{blanks}{sign}cmd|' /C calc'!A0") == f"'{sign}cmd|' /C calc'!A0"


def test_cell_is_no_formula_either_where_semicolons_separate() -> None:
    assert cell("예산; =1+1") == "예산;' =1+1"


@pytest.mark.parametrize("text", ["2025-2029", "4,119억", "a=b", "1 + 1 = 2", "hong@naver.com", "'", "질문?"])
def test_harmless_cell_is_as_it_was(text: str) -> None:
    assert cell(text) == text


_PIPED = """
import sys
from pathlib import Path
from handlers.command_line.follow_up.questions import questions_app
from tests.handlers.command_line.small_root import SmallRoot
questions_app(SmallRoot(Path(sys.argv.pop(1))))()
"""


@pytest.mark.parametrize("arguments", [("list",), ("list", "--json"), ("export", "--format", "csv"), ("show", "1")])
def test_reader_that_leaves_ends_the_command_quietly(
    root: SmallRoot, tmp_path: Path, arguments: tuple[str, ...]
) -> None:
    root.record(*(f"질문 {number} {'가' * 3000}" for number in range(50)))
    reader, writer = os.pipe()
    os.close(reader)
    command = [sys.executable, "-W", "error", "-c", _PIPED, str(tmp_path), *arguments]
    done = subprocess.run(command, stdout=writer, stderr=subprocess.PIPE, check=False)
    os.close(writer)
    assert (done.returncode, done.stderr) == (0, b"")
