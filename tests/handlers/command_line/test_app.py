"""The options that every command takes, and what becomes of errors."""

import json
from pathlib import Path

import pytest
from typer.main import get_command

from bot.errors import StorageError
from handlers.command_line.app import build_app
from handlers.command_line.root import StartError
from knowledge.errors import KnowledgeFaultsError
from tests.handlers.command_line.small_program import SmallRoot, invoke

OTHER = "topic: t\nentries:\n  - {id: other, question: 집적단지 예산 얼마, answer: 다른 답}\n"


@pytest.fixture
def other_folder(tmp_path: Path) -> Path:
    (tmp_path / "other/entries").mkdir(parents=True)
    (tmp_path / "other/entries/t.yaml").write_text(OTHER, encoding="utf-8")
    return tmp_path / "other"


@pytest.mark.parametrize("before", [True, False])
def test_knowledge_goes_before_or_after_the_command(root: SmallRoot, other_folder: Path, before: bool) -> None:
    option = ["--knowledge", str(other_folder)]
    command = ["ask", "--json", "집적단지 예산 얼마"]
    result = invoke(root, *(option + command if before else command + option))
    assert json.loads(result.stdout)["entry_id"] == "other"


@pytest.mark.parametrize(
    "arguments", [["{}", "database", "upgrade"], ["database", "{}", "upgrade"], ["database", "upgrade", "{}"]]
)
def test_database_goes_anywhere(root: SmallRoot, tmp_path: Path, arguments: list[str]) -> None:
    option = f"--database=sqlite+aiosqlite:///{tmp_path}/elsewhere.db"
    result = invoke(root, *(argument.format(option) for argument in arguments))
    assert result.exit_code == 0, result.output
    assert (tmp_path / "elsewhere.db").exists()
    assert not (root.folder / "test.db").exists()


def test_every_command_takes_the_shared_options(root: SmallRoot) -> None:
    for name in ("run", "chat", "ask", "check", "evaluate", "questions", "database"):
        shown = invoke(root, name, "--help").stdout
        assert "--knowledge" in shown, name
        assert "--database" in shown, name


@pytest.mark.parametrize("arguments", [[], ["run"]])
def test_run_is_what_happens_without_a_command(root: SmallRoot, arguments: list[str]) -> None:
    assert invoke(root, *arguments).exit_code == 0
    assert root.served == 1


@pytest.mark.parametrize("error", [StorageError("no database"), StartError("no token"), KnowledgeFaultsError([])])
def test_expected_errors_end_in_plain_lines(root: SmallRoot, monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
    def fail() -> None:
        raise error

    monkeypatch.setattr(root, "serve", fail)
    result = invoke(root, "run")
    assert (result.exit_code, result.stderr, result.stdout) == (1, f"{error}\n", "")


def test_a_defect_is_not_hidden(root: SmallRoot, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail() -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(root, "serve", fail)
    assert isinstance(invoke(root, "run").exception, ZeroDivisionError)


def test_every_command_has_a_help_text(root: SmallRoot) -> None:
    commands = get_command(build_app(root)).commands  # type: ignore[attr-defined]
    assert all(command.help for command in commands.values())


def test_ctrl_c_is_exit_code_130_without_a_traceback(root: SmallRoot, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted() -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(root, "knowledge", interrupted)
    (root.folder / "q.jsonl").write_text('{"id": "a", "question": "q", "unanswerable": true}', encoding="utf-8")
    result = invoke(root, "evaluate", root.folder / "q.jsonl")
    assert (result.exit_code, result.stderr) == (130, "")
