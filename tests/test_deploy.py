"""What stands in deploy/ fits the program: its settings, its commands, its numbers."""

import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.metrics import Levels, Metrics
from bot.records.questions import DAYS_OF_WAITING
from bot.settings import Settings
from handlers.web.metrics import exposition

ROOT = Path(__file__).parents[1]
DEPLOY = ROOT / "deploy"
UNITS = sorted(file.name for file in DEPLOY.glob("assistant*.*") if file.suffix in {".service", ".timer"})
MEMORY_AND_PROCESSOR = {"process_resident_memory_bytes", "process_cpu_seconds_total"}


def _read(name: str) -> str:
    return (DEPLOY / name).read_text(encoding="utf-8")


def _settings_named(text: str) -> set[str]:
    return set(re.findall(r"^\s*(?:ENV )?([A-Z]+(?:_[A-Z]+)+)[=:]", text, re.MULTILINE))


def _known_settings() -> set[str]:
    return {name.upper() for name in Settings.model_fields}


@pytest.mark.parametrize("unit", UNITS)
def test_systemd_understands_the_unit(unit: str, tmp_path: Path) -> None:
    """On a copy whose programs exist: those of an installation do not, here."""
    verifier = shutil.which("systemd-analyze")
    if not verifier:
        pytest.skip("systemd-analyze is not installed")
    for each in UNITS:
        text = re.sub(r"^ExecStart=/opt\S+", "ExecStart=/bin/true", _read(each), flags=re.MULTILINE)
        (tmp_path / each).write_text(text, encoding="utf-8")
    done = subprocess.run([verifier, "verify", str(tmp_path / unit)], capture_output=True, text=True, check=False)
    complaints = [line for line in done.stderr.splitlines() if "assistant" in line]
    assert (done.returncode, complaints) == (0, [])


def test_the_unit_leaves_little_exposed() -> None:
    verifier = shutil.which("systemd-analyze")
    if not verifier:
        pytest.skip("systemd-analyze is not installed")
    command = [verifier, "security", "--offline=true", "--threshold=25", str(DEPLOY / "assistant.service")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-400:] + done.stderr


@pytest.mark.parametrize("name", ["assistant.env", "Dockerfile"])
def test_every_setting_is_one_of_the_program(name: str) -> None:
    named = _settings_named(_read(name))
    assert named
    assert named <= _known_settings() | {"STATE_DIRECTORY"}


def test_the_containers_settings_are_those_of_the_program() -> None:
    services = yaml.safe_load(_read("compose.yaml"))["services"]
    assert services["assistant"]["environment"].keys() <= _known_settings()
    assert services["assistant"]["read_only"] is True
    assert services["assistant"]["cap_drop"] == ["ALL"]
    assert "healthcheck" in services["database"]


def test_the_image_is_made_of_the_lock_and_runs_as_nobody_in_particular() -> None:
    lines = _read("Dockerfile").splitlines()
    assert "RUN make setup" in lines
    assert "USER assistant" in lines
    assert any(line.startswith("HEALTHCHECK") for line in lines)
    copied = {
        word for line in lines if line.startswith("COPY ") and "--from" not in line for word in line.split()[1:-1]
    }
    ignored = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    assert {f"!{name}" for name in copied} <= set(ignored), "it would not be there to be copied"
    assert all((ROOT / name).exists() for name in copied)


def test_every_number_in_alerts_and_dashboard_is_shown() -> None:
    names = set(re.findall(r"\b(?:assistant|process)_\w+\b", _read("alerts.yml") + _read("dashboard.json")))
    assert len(names) > 10
    assert names - _shown_numbers() - MEMORY_AND_PROCESSOR == set()


def test_alerts_and_dashboard_count_what_is_a_count_and_name_labels_that_there_are() -> None:
    text = _read("alerts.yml") + _read("dashboard.json").replace('\\"', '"')
    counted = set(re.findall(r"(?:increase|rate)\((\w+)", text))
    assert {name for name in counted if not name.endswith(("_total", "_bucket"))} == set()
    assert set(re.findall(r"\b\w+_total\b", text)) <= counted, "a count since the start says nothing by itself"
    assert {int(days) for days in re.findall(r'days="(\d+)"', text)} <= set(DAYS_OF_WAITING)


@pytest.mark.parametrize(
    "number",
    [
        *("updates_oldest_seconds", "calls_oldest_seconds", "matcher_restarts_total", "poll_age_seconds"),
        *("questions_open_longer", "updates_buried_total", "storage_failures_total", "task_restarts_total"),
    ],
)
def test_there_is_an_alarm_on(number: str) -> None:
    expressions = [rule["expr"] for rule in yaml.safe_load(_read("alerts.yml"))["groups"][0]["rules"]]
    assert any(f"assistant_{number}" in expression for expression in expressions)


def test_every_alert_says_what_to_do() -> None:
    rules: list[dict[str, Any]] = yaml.safe_load(_read("alerts.yml"))["groups"][0]["rules"]
    assert all(rule["annotations"].keys() == {"summary", "action"} for rule in rules)
    assert all(rule["labels"]["severity"] in {"page", "ticket"} for rule in rules)


def test_the_dashboard_can_be_read_and_no_two_panels_share_a_number() -> None:
    panels = json.loads(_read("dashboard.json"))["panels"]
    assert len({panel["id"] for panel in panels}) == len(panels)


def test_the_world_sees_neither_health_nor_numbers() -> None:
    closed = re.findall(r"location = (\S+) \{ return 404; \}", _read("nginx.conf"))
    assert closed == ["/healthz", "/readyz", "/metrics"]


def _shown_numbers() -> set[str]:
    known: dict[str, Any] = dict.fromkeys(Levels.__dataclass_fields__, 1)
    levels = Levels(**known | {"questions_open_longer": {7: 1}})
    text = exposition(Metrics(), levels, {}).decode()
    found = set(re.findall(r"^# TYPE (\S+)", text, re.MULTILINE))
    return found | {f"{name}_bucket" for name in found}
