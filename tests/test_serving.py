"""The whole program against a Bot API: it answers, records, keeps words out of the log, and stops in good order."""

import json
import signal
from pathlib import Path

import pytest

from tests.bot_api.journal import Call
from tests.bot_api.service import TOKEN
from tests.delivery.benches import bench
from tests.delivery.subjects import ASSISTANT, DATABASE_FILE, recorded_texts
from tests.follow_up.people import says, seen
from tests.knowledge.loading.knowledge_folder import ENTRY, write_folder

_CITIZEN, _STAFF = 7, -100500


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


@pytest.mark.parametrize("stop", [signal.SIGTERM, signal.SIGINT])
async def test_questions_are_answered_until_it_is_told_to_stop(tmp_path: Path, stop: signal.Signals) -> None:
    replies, code, log, recorded = await _run(tmp_path, stop, "예산이 얼마예요?", "zzz 010-1234-5678")
    assert code == 0, log
    assert "4116억원입니다." in replies[0].text
    assert set(replies) == {0, 1}
    assert len(recorded) == 1
    assert "1234" not in recorded[0]
    assert "Traceback" not in log
    assert not any(word in log for word in ("예산", "zzz", "1234", TOKEN))


async def test_log_is_json_where_there_is_no_terminal(tmp_path: Path) -> None:
    _, _, log, _ = await _run(tmp_path, signal.SIGTERM, "예산이 얼마예요?")
    events = [json.loads(line) for line in log.splitlines()]
    assert any(event["event"].endswith("@ai_hub_city_bot") for event in events)


async def test_broken_file_is_told_to_staff_until_it_is_mended(tmp_path: Path) -> None:
    knowledge = write_folder(tmp_path / "knowledge", money=ENTRY)
    settings = {"KNOWLEDGE_DIR": str(knowledge), "STAFF_CHAT_ID": str(_STAFF)}
    async with bench(ASSISTANT, settings=settings, start=False) as on:
        await on.api.tell("chat", chat=_STAFF, title="담당자", members={})
        await on.program.start()
        await on.api.say(_CITIZEN, "예산이 얼마예요?")
        await seen(on.api, _CITIZEN, says("4116억원입니다."))  # the files are loaded
        (knowledge / "entries/money.yaml").write_text(ENTRY.replace("topic:", "topic：", 1), encoding="utf-8")
        await seen(on.api, _STAFF, says("바뀐 자료에 오류가 있어", "entries/money.yaml:1:", "topic："))
        (knowledge / "entries/money.yaml").write_text(ENTRY + "\n", encoding="utf-8")
        await seen(on.api, _STAFF, says("바뀐 자료로 답합니다"))
        sent = [call for call in await on.api.calls() if call.sends and "바뀐 자료" in call.text]
    assert len(sent) == 2
