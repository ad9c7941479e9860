"""S6-S8, S10: chats that are gone, long answers, hostile texts, and buttons pressed in every wrong way."""

import random
from pathlib import Path
from typing import TYPE_CHECKING

from tests.bot_api.journal import Call
from tests.delivery.asking import Plan, ask
from tests.delivery.benches import Bench, bench
from tests.delivery.judging import Figures
from tests.delivery.questions import KNOWN, UNKNOWN
from tests.delivery.rows import Row, Size
from tests.delivery.subjects import Subject
from tests.knowledge.loading.knowledge_folder import write_folder

if TYPE_CHECKING:
    from tests.bot_api.citizens import Asked

_LATENCY = 0.05
_GONE = ("blocked", "deactivated", "not_found", "kicked")
_FIRST_GONE = 500_001
_OLD_GROUP, _NEW_GROUP = -1_000_000_000_001, -1_000_000_000_002


async def _gone(subject: Subject, size: Size, seed: int) -> Figures:
    """Some have blocked the bot or left Telegram; a group has become another one; the rest must not notice."""
    count = size.pick(40, 100)
    async with bench(subject, seed, latency=_LATENCY) as on:
        lost = await ask(on.api, Plan(count, citizens=count, first=count, first_citizen=_FIRST_GONE))
        for number in range(count):
            await on.api.tell("chat", chat=_FIRST_GONE + number, state=_GONE[number % len(_GONE)])
        await on.api.tell("chat", chat=_NEW_GROUP)
        await on.api.tell("chat", chat=_OLD_GROUP, state="migrated", migrated_to=_NEW_GROUP)
        await on.api.say(_OLD_GROUP, f"@ai_hub_city_bot {KNOWN[0][0]}", user=8, **_mention())
        asked = await ask(on.api, Plan(count))
        await on.settle(asked, quiet=20)
        await on.api.tell("wait_quiet", quiet=3, seconds=60)
        figures, calls = await on.judged(asked), await on.api.calls()
        figures.expect_nothing_lost()
        figures.expect_no_doubles()
        sends = [call.chat for call in calls if call.method.startswith("send") and call.error]
        tries = max((sends.count(each.chat) for each in lost.values()), default=0)
        figures.expect(tries <= 1, f"{tries} tries to send to somebody who is gone")
        moved = [call for call in calls if call.sends and call.chat == _NEW_GROUP]
        figures.expect(len(moved) == 1, f"{len(moved)} answers in the group's new place")
    return figures


def _mention() -> dict[str, object]:
    return {"content": {"entities": [{"type": "mention", "offset": 0, "length": len("@ai_hub_city_bot")}]}}


_LENGTHS = (1, 100, 1500, 3400, 3500)
_MATERIAL = '가나다 <b> & "따옴표" 👨‍👩‍👧 *별* _밑줄_ `코드` 마침표. '


async def _long_answers(subject: Subject, size: Size, seed: int) -> Figures:
    """Answers up to the longest that editors can write, full of what might be taken for markup."""
    texts = {f"길이 {length} 안내": _text_of(length, seed) for length in _LENGTHS[: size.pick(5, 5)]}
    async with bench(subject, seed, start=False, latency=_LATENCY) as on:
        await _start_with(on, texts)
        asked = {number: await on.api.say(9, text) for number, text in enumerate(texts)}
        await on.settle(asked, quiet=20)
        calls = await on.api.calls()
        figures = Figures(asked=len(asked))
        for number, text in enumerate(texts.values()):
            parts = [call for call in calls if call.sends and call.reply_to == asked[number].message]
            figures.answered += bool(parts)
            joined = "".join("".join(part.text.split()) for part in parts)
            figures.expect("".join(text.split()) in joined, f"the answer of {len(text)} characters is not whole")
            figures.expect(not any(part.buttons for part in parts[:-1]), "buttons under a part that is not the last")
        _expect_no_refusals(figures, calls)
    return figures


def _text_of(length: int, seed: int) -> str:
    start = seed % len(_MATERIAL)
    repeated = (_MATERIAL * (length // len(_MATERIAL) + 2))[start : start + length]
    return f"가{repeated[1:-1]}끝"[:length] if length > 1 else "가"


async def _start_with(on: Bench, texts: dict[str, str]) -> None:
    """Starts the program with a knowledge base of these questions and answers."""
    entries = "".join(
        f"  - id: long-{number}\n    question: {question}\n    answer: |-\n      {answer}\n"
        for number, (question, answer) in enumerate(texts.items())
    )
    write_folder(Path(on.folder) / "knowledge", long=f"topic: long\nentries:\n{entries}")
    on.program.set("KNOWLEDGE_DIR", str(on.folder / "knowledge"))
    await on.program.start()


def _expect_no_refusals(figures: Figures, calls: list[Call]) -> None:
    refused = [call.description for call in calls if call.error == 400]
    figures.expect(not refused, f"{len(refused)} calls were refused: {refused[:1]}")


_HOSTILE = (
    "<b>", "</b>", "<a href='tg://user?id=1'>", "&lt;", "&#x41;", "&amp", '"', "'", "*", "__", "`", "```",
    "[a](tg://user?id=1)", "\u202e", "\u200b", "\u200d", "\ufeff",
    "👨‍👩‍👧‍👦", "\U000e0041", "\n", "\t", "😀" * 50, "<" * 40, "\u0301" * 30, "{}", "%s", "\\",
)  # fmt: skip


async def _hostile_texts(subject: Subject, size: Size, seed: int) -> Figures:
    """Names and questions that would be markup if anybody took them for it."""
    chance = random.Random(seed)  # noqa: S311 - seeded, so that a run can be repeated
    count = size.pick(60, 500)
    async with bench(subject, seed, latency=_LATENCY) as on:
        asked: dict[int, Asked] = {}
        for number in range(count):
            words = [*chance.choices(_HOSTILE, k=4), chance.choice(UNKNOWN), f"#{number}"]
            chance.shuffle(words)
            name = "".join(chance.choices(_HOSTILE, k=3))
            asked[number] = await on.api.say(700_000 + number, " ".join(words), first_name=name)
        await on.settle(asked, quiet=20)
        calls = await on.api.calls()
        figures = Figures(asked=count, answered=len({call.reply_to for call in calls if call.sends}))
        figures.expect(figures.answered >= count, f"{count - figures.answered} not answered")
        _expect_no_refusals(figures, calls)
        links = [entity for call in calls for entity in call.entities or [] if "tg:" in entity.get("url", "")]
        figures.expect(not links, f"{len(links)} links to people")
    return figures


_FORGED = ("", "x", "yes", "1" * 64, "ask:999999", "feedback:1:up", "../..", "0:0:0", "가" * 21, "\x00", "{}", "no:-1")


async def _wrong_presses(subject: Subject, size: Size, seed: int) -> Figures:
    """Every button twice, by somebody else, on a message that is gone, and data that nobody offered."""
    async with bench(subject, seed, latency=_LATENCY) as on:
        asked = await ask(on.api, Plan(size.pick(10, 40), citizens=10))
        await on.settle(asked, quiet=20)
        offered = [call for call in await on.api.calls() if call.sends and call.buttons]
        presses = []
        for call in offered:
            at = {"act": "press", "chat": call.chat, "message": call.message}
            rows = [
                button["callback_data"] for row in call.buttons or [] for button in row if "callback_data" in button
            ]
            presses += [at | {"data": data} for data in rows for _ in range(2)]
            presses += [at | {"data": data, "user": 4242} for data in rows[:1]]
            presses += [at | {"data": data} for data in _FORGED if data]
        before = len(await on.api.calls())
        pressed = await on.api.act(*presses)
        await on.api.tell("wait_quiet", quiet=3, seconds=120)
        answers = await on.api.tell("queries")
        calls = (await on.api.calls())[before:]
        figures = Figures(asked=len(pressed), answered=sum(bool(answers[each.query]) for each in pressed))
        figures.expect(figures.answered == figures.asked, f"{figures.asked - figures.answered} presses not answered")
        refused = [call.description for call in calls if call.error and "not modified" not in call.description]
        figures.expect(not refused, f"{len(refused)} calls were refused: {refused[:1]}")
        figures.expect("Traceback" not in on.program.log.read_text(), "a traceback in the log")
        figures.expect(bool(offered), "no buttons were offered")
    return figures


CHATS = (
    Row("S6", "chats that are blocked, gone or moved", _gone, seeds=3),
    Row("S7", "the longest answers", _long_answers, seeds=5, suite=False),
    Row("S8", "hostile names and questions", _hostile_texts),
    Row("S10", "buttons pressed in every wrong way", _wrong_presses, seeds=3),
)
