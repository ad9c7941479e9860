"""`compare` shows what two states of a knowledge base answer differently, and fails when too much is wrong."""

import shutil
import subprocess
from pathlib import Path

import pytest

from tests.handlers.command_line.small_program import KNOWLEDGE, SmallRoot, invoke

QUESTIONS = (
    '{"id": "a", "question": "집적단지 예산 얼마", "entry": "budget"}\n'
    '{"id": "b", "question": "집적단지 위치 어디", "entry": "place"}\n'
    '{"id": "c", "question": "날씨 어때", "unanswerable": true}\n'
)


@pytest.fixture(autouse=True)
def english_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "en_GB.UTF-8")


def _changed(root: SmallRoot, place: Path) -> Path:
    (root.folder / "questions/first").mkdir(parents=True)
    (root.folder / "questions/first/q.jsonl").write_text(QUESTIONS, encoding="utf-8")
    shutil.copytree(root.folder, place)
    text = KNOWLEDGE.replace("ko: 집적단지 예산 얼마", "ko: 사업비는요")
    (place / "entries/cluster.yaml").write_text(text, encoding="utf-8")
    return place


def test_what_is_answered_differently_is_shown_with_the_scores(root: SmallRoot, tmp_path: Path) -> None:
    new = _changed(root, tmp_path / "new")
    result = invoke(root, "compare", root.folder, new)
    assert result.exit_code == 0
    assert "- 집적단지 예산 얼마\n    answer budget -> " in result.stdout
    assert "위치" not in result.stdout
    assert "in scope: answered right\n" in result.stdout
    assert "out of scope: said not to know\n" in result.stdout
    assert result.stdout.splitlines()[-1] == "1 of 3 questions are answered differently."


def test_a_korean_terminal_is_told_in_korean_alone(
    root: SmallRoot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LC_ALL", "ko_KR.UTF-8")
    result = invoke(root, "compare", root.folder, _changed(root, tmp_path / "new"))
    assert "    답 budget -> " in result.stdout
    assert "자료에 있는 물음: 맞게 답함\n" in result.stdout
    assert "answered" not in result.stdout


def test_the_same_base_differs_in_nothing(root: SmallRoot, tmp_path: Path) -> None:
    _changed(root, tmp_path / "new")
    result = invoke(root, "compare", root.folder, root.folder, "--max-wrong", "0")
    assert result.exit_code == 0
    assert result.stdout.splitlines()[-1] == "0 of 3 questions are answered differently."


def test_too_much_that_is_wrong_is_exit_code_1(root: SmallRoot, tmp_path: Path) -> None:
    new = _changed(root, tmp_path / "new")
    text = KNOWLEDGE.replace("집적단지 예산 얼마", "다른 말").replace("집적단지 위치 어디", "집적단지 예산 얼마")
    (new / "entries/cluster.yaml").write_text(text, encoding="utf-8")
    assert invoke(root, "compare", root.folder, new, "--max-wrong", "0.1").exit_code == 1


def test_a_git_revision_stands_for_the_folder_of_that_time(root: SmallRoot, tmp_path: Path) -> None:
    new = _changed(root, tmp_path / "new")
    for arguments in (
        ["init", "-q"],
        ["add", "."],
        ["-c", "user.name=a", "-c", "user.email=a@b", "commit", "-qm", "a"],
    ):
        subprocess.run(["git", "-C", str(root.folder), *arguments], check=True)
    result = invoke(root, "compare", "HEAD", new)
    assert result.stdout.splitlines()[-1] == "1 of 3 questions are answered differently."


def test_what_is_neither_folder_nor_revision_is_told(root: SmallRoot) -> None:
    result = invoke(root, "compare", "nowhere", root.folder)
    assert result.exit_code == 1
    assert result.stderr.startswith("nowhere is neither a folder nor a git revision")


def test_explain_begins_with_a_sentence(root: SmallRoot) -> None:
    shown = invoke(root, "ask", "집적단지 예산 얼마", "--explain").stdout
    assert "It was taken for ‘집적단지 예산 얼마’ (budget) and answered: right with a chance of 100 %." in shown
