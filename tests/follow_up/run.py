"""Thirty citizens ask three unknown things, staff answer, link and dismiss, and the assistant is killed meanwhile."""

import asyncio
import os
import random
import shutil
import sys
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from tests.bot_api.client import RemoteBotApi, bot_api
from tests.delivery.programs import Program
from tests.delivery.subjects import ASSISTANT, ROOT, database_of
from tests.follow_up.people import KIM, STAFF, ask, has_button, messages, notices, press, says, seen, told_chats
from tests.follow_up.questions import ALL, ANSWERED, DISMISSED, LINKED
from tests.prepared import cache_of

ANSWER = "네, 광주천 둔치에 반려견 놀이터가 있습니다."
_FIRST_CITIZEN = 2001
_LATER = 3001
_NOT_TOLD_EVERY = 10
"""Every tenth citizen does not want to be told."""
_TOLD_SECONDS = 300.0
"""An answer can be undone for a minute before it is sent; a busy machine takes long for the rest."""
_SLOW = 3.0
_KILLED_AFTER = 5
_RELOADED_SECONDS = 240.0


@dataclass
class Outcome:
    """What became of it."""

    cards: Counter[str] = field(default_factory=Counter)
    """How often there is a card of each heading line and count."""
    told: Counter[int] = field(default_factory=Counter)
    """How many citizens who wanted to be told were told so often."""
    others_told: int = 0
    kills: int = 0
    told_at_kill: int = 0
    drafts: str = ""
    answered_anew: bool = False


async def run(folder: Path, base: Path, seed: int = 0, *, long: bool = True) -> Outcome:
    """Plays all of it with the files in the folder, which are new; what is known is a copy of the base."""
    knowledge = folder / "knowledge"
    await asyncio.to_thread(shutil.copytree, base, knowledge, ignore=shutil.ignore_patterns("*.py", "__pycache__"))
    cache = await asyncio.to_thread(shutil.copytree, cache_of(base), folder / "cache")
    settings = {
        "STAFF_CHAT_ID": str(STAFF),
        "KNOWLEDGE_DIR": str(knowledge),
        "CACHE_DIR": str(cache),
        "DATABASE_URL": database_of(folder),
    }
    outcome = Outcome()
    async with bot_api(seed) as api:
        await api.tell("chat", chat=STAFF, title="담당자", members={KIM: "member"})
        program = Program(ASSISTANT, api, folder, settings)
        await program.start()
        try:
            citizens = await _ask_all(api, seed)
            await _work_of_staff(api, outcome)
            if long:  # before anybody is told
                await _kill(program, outcome)
                await program.start()
            await _kill_while_telling(api, program, outcome, [citizen for citizen, wants in citizens.items() if wants])
            await _count(api, citizens, outcome)
            outcome.drafts = await _write_drafts(folder, program)
            outcome.answered_anew = await _ask_anew(api)
        finally:
            await program.end()
    return outcome


async def _ask_all(api: RemoteBotApi, seed: int) -> dict[int, bool]:
    """Everybody asks; the citizens, with whether they want to be told."""
    questions = [question for group in ALL for question in group]
    citizens = {_FIRST_CITIZEN + number: number % _NOT_TOLD_EVERY != 0 for number in range(len(questions))}
    asked = list(zip(citizens, questions, strict=True))
    random.Random(seed).shuffle(asked)  # noqa: S311 - an order, not a secret
    await asyncio.gather(*(ask(api, citizen, question, told=citizens[citizen]) for citizen, question in asked))
    return citizens


async def _work_of_staff(api: RemoteBotApi, outcome: Outcome) -> None:
    """One card is answered, one linked to its nearest entry, one dismissed."""
    asking = len(ANSWERED) - 1
    counts = f"시민 {len(ANSWERED)}명 · 알림 신청 {asking}명"
    answered, linked, dismissed = [
        await seen(api, STAFF, says(part, counts)) for part in ("반려견 놀이터", "헌혈의 집", "김장")
    ]
    outcome.cards.update(
        str(message["text"]).splitlines()[0].partition(" · ")[2]
        for message in await messages(api, STAFF)
        if says("시민 ", "알림 신청")(message)
    )
    await api.say(STAFF, ANSWER, user=KIM, reply_to=answered["message_id"])
    await press(api, STAFF, await seen(api, STAFF, has_button("보내기")), "보내기", KIM)
    await press(api, STAFF, linked, "기존 답에 연결", KIM)
    menu = await seen(api, STAFF, says("연결할 답을 골라"))
    await press(api, STAFF, menu, "", KIM)
    await press(api, STAFF, await seen(api, STAFF, has_button("보내기")), "보내기", KIM)
    await press(api, STAFF, dismissed, "답하지 않기", KIM)
    await press(api, STAFF, await seen(api, STAFF, has_button("우리 사업과")), "우리 사업과", KIM)
    for said in ("답변이", "연결했습니다", "답하지 않기로 했습니다"):
        await seen(api, STAFF, says(said))


async def _kill(program: Program, outcome: Outcome) -> None:
    await program.end()
    outcome.kills += 1


async def _kill_while_telling(api: RemoteBotApi, program: Program, outcome: Outcome, wanting: list[int]) -> None:
    """Kills the program when some are told; then everybody is to be told."""
    await api.tell("settings", latency=_SLOW)
    await _until_told(api, wanting, _KILLED_AFTER)
    await _kill(program, outcome)
    outcome.told_at_kill = await _told(api, wanting)
    await api.tell("settings", latency=0.0)
    await program.start()
    await _until_told(api, wanting, len(wanting))
    await api.tell("wait_quiet", quiet=3.0, seconds=30.0)


async def _until_told(api: RemoteBotApi, citizens: list[int], enough: int) -> None:
    async with asyncio.timeout(_TOLD_SECONDS):
        while await _told(api, citizens) < enough:  # noqa: ASYNC110 - the server tells nobody of a notice
            await asyncio.sleep(0.05)


async def _told(api: RemoteBotApi, citizens: list[int]) -> int:
    return len(await told_chats(api) & set(citizens))


async def _count(api: RemoteBotApi, citizens: dict[int, bool], outcome: Outcome) -> None:
    expected = {**dict.fromkeys(ANSWERED, ANSWER), **dict.fromkeys(LINKED, ""), **dict.fromkeys(DISMISSED, "없습니다")}
    questions = [question for group in ALL for question in group]
    for (citizen, wants), question in zip(citizens.items(), questions, strict=True):
        got = await notices(api, citizen)
        right = [text for text in got if question in text and expected[question] in text]
        if wants:
            outcome.told[len(got) if right == got else -1] += 1
        else:
            outcome.others_told += len(got)


async def _write_drafts(folder: Path, program: Program) -> str:
    """What the command says that puts the drafts into the knowledge base; the last line is its exit code."""
    command = (sys.executable, str(ROOT / "main.py"), "drafts", "write", "--all", "--quick")
    environment = {**os.environ, **program.settings}
    process = await asyncio.create_subprocess_exec(
        *command, cwd=folder, env=environment, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT
    )
    said, _ = await process.communicate()
    return f"{said.decode()}\n{process.returncode}"


async def _ask_anew(api: RemoteBotApi) -> bool:
    """Whether a citizen who asks the answered question anew is answered at once, once the files were loaded again."""
    until = asyncio.get_running_loop().time() + _RELOADED_SECONDS
    for citizen in range(_LATER, _LATER + 100):
        await api.say(citizen, ANSWERED[0])
        reply = await seen(api, citizen, says(""))
        if ANSWER in reply["text"]:
            return True
        if asyncio.get_running_loop().time() > until:
            return False
        await asyncio.sleep(5)
    return False
