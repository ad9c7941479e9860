"""Metrics: what Prometheus reads, with numbers alone and nothing about a person."""

import re
from pathlib import Path

import httpx
from prometheus_client.parser import text_string_to_metric_families

from bot.errors import StorageError
from bot.metrics import Levels, Metrics
from handlers.web.metrics import exposition
from handlers.web.services import WebhookIntake, WebServices
from handlers.web.webhook import WEBHOOK_PATH
from knowledge.finding import Outcome
from tests.handlers.web.small_web import HEADERS, SECRET, UPDATE, Kept, served

Samples = dict[tuple[str, tuple[tuple[str, str], ...]], float]


def _samples(response: httpx.Response) -> Samples:
    """The numbers of the text by name and labels; the text must be well-formed."""
    families = text_string_to_metric_families(response.text)
    return {(each.name, tuple(each.labels.items())): each.value for family in families for each in family.samples}


async def test_counts_are_shown_as_they_are() -> None:
    metrics = Metrics(updates_received=5, updates_handled=4, updates_buried=1)
    metrics.calls_sent, metrics.calls_retried, metrics.calls_closed, metrics.calls_throttled = 10, 3, 2, 1
    async with served(WebServices(metrics=metrics)) as client:
        response = await client.get("/metrics")
        metrics.updates_received += 1
        later = _samples(await client.get("/metrics"))
    assert response.headers["Content-Type"].startswith("text/plain; version=0.0.4")
    names = ("updates_received", "updates_handled", "updates_buried", "calls_sent", "calls_retried", "calls_closed")
    samples = _samples(response)
    assert [samples[f"assistant_{name}_total", ()] for name in names] == [5, 4, 1, 10, 3, 2]
    assert samples["assistant_calls_throttled_total", ()] == 1
    assert later["assistant_updates_received_total", ()] == 6


async def test_replies_are_counted_by_outcome() -> None:
    metrics = Metrics()
    for outcome in (Outcome.ANSWER, Outcome.ANSWER, Outcome.FALLBACK):
        metrics.count_reply(outcome)
    async with served(WebServices(metrics=metrics)) as client:
        samples = _samples(await client.get("/metrics"))
    counted = [samples["assistant_replies_total", (("outcome", outcome.value),)] for outcome in Outcome]
    assert counted == [2, 0, 1]


async def test_buckets_add_up() -> None:
    metrics = Metrics()
    for seconds in (0.01, 0.05, 0.3, 7200):
        metrics.reply_seconds.observe(seconds)
    async with served(WebServices(metrics=metrics)) as client:
        samples = _samples(await client.get("/metrics"))
    buckets = [
        samples["assistant_reply_seconds_bucket", (("le", bound),)] for bound in ("0.05", "0.5", "3600.0", "+Inf")
    ]
    assert buckets == [2, 3, 3, 4]
    assert samples["assistant_reply_seconds_count", ()] == 4
    assert samples["assistant_reply_seconds_sum", ()] == 7200.36


async def test_levels_are_asked_for() -> None:
    async def levels() -> Levels:
        return Levels(
            updates_waiting=3,
            updates_oldest_seconds=1.5,
            updates_dead=2,
            calls_waiting=4,
            calls_oldest_seconds=0,
            questions_open=7,
            knowledge_entries=120,
            is_leader=True,
        )

    async with served(WebServices(levels=levels)) as client:
        samples = _samples(await client.get("/metrics"))
    assert (samples["assistant_updates_waiting", ()], samples["assistant_updates_oldest_seconds", ()]) == (3, 1.5)
    assert (samples["assistant_updates_dead", ()], samples["assistant_questions_open", ()]) == (2, 7)
    assert (samples["assistant_calls_waiting", ()], samples["assistant_calls_oldest_seconds", ()]) == (4, 0)
    assert (samples["assistant_knowledge_entries", ()], samples["assistant_is_leader", ()]) == (120, 1)
    assert samples["assistant_levels_known", ()] == 1


async def test_counts_are_shown_while_the_database_fails() -> None:
    async def levels() -> Levels:
        raise StorageError("the database is locked")

    async with served(WebServices(levels=levels, metrics=Metrics(calls_sent=1))) as client:
        samples = _samples(await client.get("/metrics"))
    assert (samples["assistant_levels_known", ()], samples["assistant_calls_sent_total", ()]) == (0, 1)
    assert ("assistant_updates_waiting", ()) not in samples


async def test_responses_are_counted_by_status() -> None:
    kept = Kept()
    async with served(WebServices(WebhookIntake(kept.receive, SECRET))) as client:
        await client.post(WEBHOOK_PATH, content=UPDATE, headers=HEADERS)
        await client.post(WEBHOOK_PATH, content=UPDATE)
        kept.error = ValueError("a defect")
        await client.post(WEBHOOK_PATH, content=UPDATE, headers=HEADERS)
        samples = _samples(await client.get("/metrics"))
    counted = [samples["assistant_web_responses_total", (("status", status),)] for status in ("200", "403", "500")]
    assert counted == [1, 1, 1]


async def test_labels_hold_nothing_about_a_person() -> None:
    kept = Kept()
    async with served(WebServices(WebhookIntake(kept.receive, SECRET))) as client:
        await client.post(f"{WEBHOOK_PATH}?who=홍길동", content=UPDATE, headers=HEADERS)
        await client.get("/010-1234-5678")
        response = await client.get("/metrics")
    labels = {pair for _, labels in _samples(response) for pair in labels}
    assert {name for name, _ in labels} == {"outcome", "le", "status", "version"}
    assert {value for name, value in labels if name == "outcome"} == {outcome.value for outcome in Outcome}
    assert {value for name, value in labels if name == "status"} == {"200", "404"}
    assert SECRET not in response.text
    assert "예산" not in response.text


async def test_every_number_is_explained_to_operators() -> None:
    everything = Levels(1, 1, 1, 1, 1, 1, 1, {1: 1}, 1, 1, 1, is_leader=True)
    shown = exposition(Metrics(), everything, {200: 1}).decode()
    names = re.findall(r"^# TYPE (assistant_\w+)", shown, re.MULTILINE)
    document = (Path(__file__).parents[3] / "docs/operators.md").read_text(encoding="utf-8")
    assert len(names) == 28
    assert [name for name in names if f"`{name}" not in document] == []


async def test_memory_and_open_files_of_the_process_are_shown() -> None:
    async with served(WebServices()) as client:
        text = (await client.get("/metrics")).text
    assert "process_cpu_seconds_total" in text
    assert "process_open_fds" in text
