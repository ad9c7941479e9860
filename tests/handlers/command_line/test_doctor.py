"""The doctor says a line for each part, and ends with 1 where something is wrong."""

import json

import pytest

from tests.handlers.command_line.small_program import SmallRoot, invoke


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PORT", "1")  # nobody serves there
    monkeypatch.setenv("LC_ALL", "en_US.UTF-8")


def test_each_part_has_a_line(root: SmallRoot) -> None:
    result = invoke(root, "doctor")
    assert result.exit_code == 0, result.output
    parts = [line.partition("]")[2].partition(":")[0].strip() for line in result.stdout.splitlines()]
    assert parts == ["settings", "Telegram", "database", "knowledge", "disk", "port"]


def test_a_fault_is_said_and_ends_with_one(root: SmallRoot) -> None:
    (root.folder / "entries/cluster.yaml").write_text("topic: [", encoding="utf-8")
    result = invoke(root, "doctor", "--json")
    assert result.exit_code == 1
    (fault,) = [found for found in json.loads(result.stdout) if found["grade"] == "ill"]
    assert fault["part"] == "knowledge"


def test_settings_that_are_wrong_are_one_plain_line(root: SmallRoot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RETENTION_DAYS", "for ever")
    result = invoke(root, "doctor")
    assert result.exit_code == 1
    assert result.stderr.count("\n") == 1
    assert "RETENTION_DAYS" in result.stderr
