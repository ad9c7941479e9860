"""The whole program against a Bot API: it answers, records, keeps words out of the log, and stops in good order."""

import asyncio
import json
import signal
from pathlib import Path

import httpx
import pytest

from tests.bot_api.journal import Call
from tests.bot_api.service import TOKEN
from tests.delivery.benches import bench
from tests.delivery.programs import Program, free_port
from tests.delivery.subjects import ASSISTANT, DATABASE_FILE, recorded_texts
from tests.follow_up.people import says, seen
from tests.knowledge.loading.knowledge_folder import ENTRY, write_folder

_CITIZEN, _STAFF = 7, -100500
_PATIENCE = 180
"""A busy machine takes long."""


async def _run(folder: Path, stop: signal.Signals, *asked: str) -> tuple[dict[int, Call], int, str, list[str]]:
    """Runs the program until it has replied to everything; its replies, exit code, log and recorded questions."""
    knowledge = write_folder(folder / "knowledge", money=ENTRY)
    async with bench(ASSISTANT, settings={"KNOWLEDGE_DIR": str(knowledge)}) as on:
        said = {number: await on.api.say(_CITIZEN, text) for number, text in enumerate(asked)}
        await on.settle(said, quiet=20)
        calls = [call for call in await on.api.calls() if call.sends]
        await on.program.end(stop)
        replies = {number: call for number, each in said.items() for call in calls if call.reply_to == each.message}
        return replies, on.program.exit_codes[0], on.program.log.read_text(), recorded_texts(on.folder / DATABASE_FILE)


@pytest.mark.parametrize(
    "stop",
    [
        signal.SIGTERM,
        # In the short form the second assistant on a database is ended by it.
        pytest.param(signal.SIGINT, marks=pytest.mark.soak),
    ],
)
async def test_questions_are_answered_until_it_is_told_to_stop_and_the_log_is_json(
    tmp_path: Path, stop: signal.Signals
) -> None:
    replies, code, log, recorded = await _run(tmp_path, stop, "예산이 얼마예요?", "zzzzzzzz 010-1234-5678")
    assert code == 0, log
    events = [json.loads(line) for line in log.splitlines()]
    assert any(event["event"].endswith("@ai_hub_city_bot") for event in events)
    assert "4116억원입니다." in replies[0].text
    assert set(replies) == {0, 1}
    assert len(recorded) == 1
    assert "1234" not in recorded[0]
    assert "Traceback" not in log
    assert not any(word in log for word in ("예산", "zzzzzzzz", "010-1234", "1234-5678", TOKEN))


async def test_broken_file_is_told_to_staff_until_it_is_mended(tmp_path: Path) -> None:
    knowledge = write_folder(tmp_path / "knowledge", money=ENTRY)
    settings = {"KNOWLEDGE_DIR": str(knowledge), "STAFF_CHAT_ID": str(_STAFF)}
    async with bench(ASSISTANT, settings=settings, start=False) as on:
        await on.api.tell("chat", chat=_STAFF, title="담당자", members={})
        await on.program.start()
        await on.api.say(_CITIZEN, "예산이 얼마예요?")
        await seen(on.api, _CITIZEN, says("4116억원입니다."), _PATIENCE)  # the files are loaded
        (knowledge / "entries/money.yaml").write_text(ENTRY.replace("topic:", "topic：", 1), encoding="utf-8")
        await seen(on.api, _STAFF, says("바뀐 자료에 오류가 있어", "entries/money.yaml:1:", "topic："), _PATIENCE)
        (knowledge / "entries/money.yaml").write_text(ENTRY + "\n", encoding="utf-8")
        await seen(on.api, _STAFF, says("바뀐 자료로 답합니다"), _PATIENCE)
        sent = [call for call in await on.api.calls() if call.sends and "바뀐 자료" in call.text]
    assert len(sent) == 2


async def test_a_cache_that_cannot_be_written_is_told_in_the_log_and_breaks_nothing(tmp_path: Path) -> None:
    knowledge = write_folder(tmp_path / "knowledge", money=ENTRY)
    (tmp_path / "file").touch()
    settings = {"KNOWLEDGE_DIR": str(knowledge), "CACHE_DIR": str(tmp_path / "file/cache"), "LOG_FORMAT": "json"}
    async with bench(ASSISTANT, settings=settings) as on:
        await on.api.say(_CITIZEN, "예산이 얼마예요?")
        await seen(on.api, _CITIZEN, says("4116억원입니다."), _PATIENCE)
        await on.program.end(signal.SIGTERM)
        events = [json.loads(line) for line in on.program.log.read_text().splitlines()]
    told = [event for event in events if "the cache is not written" in event["event"]]
    assert {(event["level"], str(tmp_path / "file/cache") in event["event"]) for event in told} == {("warning", True)}
    assert on.program.exit_codes[0] == 0


async def test_a_second_assistant_on_a_database_lives_and_says_that_it_waits_for_the_first(tmp_path: Path) -> None:
    knowledge = write_folder(tmp_path / "knowledge", money=ENTRY)
    async with bench(ASSISTANT, settings={"KNOWLEDGE_DIR": str(knowledge)}) as on:
        await on.api.say(_CITIZEN, "예산이 얼마예요?")
        await seen(on.api, _CITIZEN, says("4116억원입니다."), _PATIENCE)
        (tmp_path / "second").mkdir()
        port = free_port()
        second = Program(ASSISTANT, on.api, tmp_path / "second", on.program.settings | {"HTTP_PORT": str(port)})
        await second.launch()
        try:
            await second.listening(port)
            assert await _health(port) == (200, 503, False)
            await on.program.end(signal.SIGTERM)
            async with asyncio.timeout(_PATIENCE):
                while await _health(port) != (200, 200, True):  # noqa: ASYNC110 - nothing tells of it
                    await asyncio.sleep(0.1)
            said = await on.api.say(_CITIZEN, "예산이 얼마예요?")
            await on.settle({0: said}, quiet=20)
            assert any(call.reply_to == said.message for call in await on.api.calls() if call.sends)
        finally:
            await second.end(signal.SIGINT)
        log = second.log.read_text()
    assert second.exit_codes == [0], log
    assert log.count("this one begins when that one has ended") == 1


async def _health(port: int) -> tuple[int, int, bool]:
    """What `/healthz` and `/readyz` say, and whether the database is this one's."""
    async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", timeout=_PATIENCE) as client:
        alive, ready = await client.get("/healthz"), await client.get("/readyz")
    return alive.status_code, ready.status_code, ready.json()["checks"]["database"]["ok"]
