"""`evaluate`: tables for people, JSON for programs, and an exit code for limits."""

import json
from pathlib import Path

import pytest

from tests.handlers.command_line.small_program import SmallRoot, invoke

QUESTIONS = """
{"id": "a", "question": "집적단지 예산 얼마", "must": ["4116"], "style": "polite"}
{"id": "b", "question": "집적단지", "entry": "place", "style": "fragment"}
{"id": "c", "question": "집적단지 예산 얼마", "must": ["공원"]}
{"id": "d", "question": "날씨", "unanswerable": true, "kind": "far"}
{"id": "e", "question": "집적단지 위치 어디", "unanswerable": true, "kind": "near"}
"""
FIRST_TURN = '{"question": "집적단지 예산 얼마", "entry": "budget"}'
SECOND_TURN = '{"question": "그럼 위치 어디", "entry": "place"}'
TURNS = f'{{"id": "t", "turns": [{FIRST_TURN}, {SECOND_TURN}]}}\n'


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    (tmp_path / "q.jsonl").write_text(QUESTIONS, encoding="utf-8")
    (tmp_path / "turns.jsonl").write_text(TURNS, encoding="utf-8")
    return [tmp_path / "q.jsonl", tmp_path / "turns.jsonl"]


def test_tables_show_each_file_and_label(root: SmallRoot, files: list[Path]) -> None:
    result = invoke(root, "evaluate", *files)
    assert result.exit_code == 0, result.output
    rows = [line.split() for line in result.stdout.splitlines()]
    assert ["all", "3", "33.3%", "33.3%", "0.0%", "33.3%", "0.0%", "2", "50.0%", "0.0%", "50.0%"] in rows
    assert ["follow-ups", "1", "100.0%", "0.0%", "0.0%", "0.0%", "0.0%"] in rows
    assert "No entry could satisfy 1, counted as they were replied to: c" in result.stdout
    assert "expected calibration error" in result.stdout


def test_json_holds_counts(root: SmallRoot, files: list[Path]) -> None:
    data = json.loads(invoke(root, "evaluate", "--json", "--failures", *files).stdout)
    assert data["total"]["in_scope"] == {
        "asked": 5, "answered_right": 3, "right_among_suggestions": 1, "wrong_suggestions": 0, "answered_wrong": 1,
        "refused": 0,
    }  # fmt: skip
    assert data["total"]["out_of_scope"] == {"asked": 2, "answered": 1, "suggested": 0, "refused": 1}
    assert (data["unsatisfiable"], [failure["id"] for failure in data["failures"]]) == (["c"], ["c", "e"])
    assert set(data["files"][0]["labels"]) == {"kind far", "kind near", "style fragment", "style polite"}


def test_failures_say_what_was_replied(root: SmallRoot, files: list[Path]) -> None:
    shown = invoke(root, "evaluate", "--failures", files[0]).stdout
    assert "q.jsonl e answered: 집적단지 위치 어디\n    answer place; best: place 1.00, budget 0.20" in shown


@pytest.mark.parametrize(
    ("limit", "line"),
    [
        ("--min-answered-right=0.9", "answered right: 0.600 is below the limit of 0.900"),
        ("--min-right-or-suggested=0.9", "right or among the suggestions: 0.800 is below the limit of 0.900"),
        ("--max-answered-wrong=0.1", "answered wrong: 0.200 is above the limit of 0.100"),
        ("--max-out-of-scope-answered=0.1", "out of scope answered: 0.500 is above the limit of 0.100"),
        ("--max-calibration-error=0.01", "calibration error: 0.3"),
    ],
)
def test_limit_that_is_not_kept_is_exit_code_1(root: SmallRoot, files: list[Path], limit: str, line: str) -> None:
    result = invoke(root, "evaluate", limit, *files)
    assert (result.exit_code, result.stderr[: len(line)]) == (1, line)


def test_limits_that_are_kept_are_exit_code_0(root: SmallRoot, files: list[Path]) -> None:
    assert invoke(root, "evaluate", "--min-answered-right=0.6", "--max-answered-wrong=0.2", *files).exit_code == 0


def test_limit_on_what_was_not_asked_is_not_kept(root: SmallRoot, files: list[Path]) -> None:
    result = invoke(root, "evaluate", "--max-out-of-scope-answered=1", files[1])
    assert result.exit_code == 1
    assert "no question of that kind" in result.stderr


def test_faulty_file_ends_in_one_line_before_anything_is_asked(root: SmallRoot, tmp_path: Path) -> None:
    (tmp_path / "bad.jsonl").write_text('{"id": "a", "question": "q", "must": ["("]}', encoding="utf-8")
    result = invoke(root, "evaluate", tmp_path / "bad.jsonl")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith(f"{tmp_path}/bad.jsonl:1: '(' is not a regular expression")


def test_personal_numbers_are_masked_as_in_a_conversation(root: SmallRoot, tmp_path: Path) -> None:
    line = {"id": "a", "question": "집적단지 예산 얼마 010-1234-5678", "unanswerable": True}
    (tmp_path / "q.jsonl").write_text(json.dumps(line), encoding="utf-8")
    assert "1234" in invoke(root, "evaluate", "--failures", tmp_path / "q.jsonl").stdout
