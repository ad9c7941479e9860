"""L7: what one citizen sends that costs much: long texts, texts full of links, presses without end."""

import asyncio
import sys
import time
from collections.abc import Awaitable, Callable
from functools import partial

from tests.bot_api.client import RemoteBotApi
from tests.delivery.asking import Plan, ask
from tests.delivery.benches import Bench, bench
from tests.delivery.judging import Figures
from tests.delivery.questions import question
from tests.delivery.rows import Row, Size
from tests.delivery.subjects import ASSISTANT, ROOT, Subject
from tests.delivery.watched_loop import FILE_SETTING, holds

_FLOODER = 77
_LATENCY = 0.05
_RATE = 5
_CITIZENS = 20
_LONGEST_TEXT = 4096
_TOGETHER = 10
_HELD_AT_MOST = 0.1
_MORE_AT_MOST = 0.5
_PROSE = "광주 인공지능 집적단지 예산이 2020년부터 2024년까지 4116억원 맞는지, 010-1234-5678로 알려 주세요. "
_Flood = Callable[[RemoteBotApi, int], Awaitable[None]]


async def _long_texts(api: RemoteBotApi, count: int) -> None:
    text = (_PROSE * _LONGEST_TEXT)[:_LONGEST_TEXT]
    for _ in range(count // _TOGETHER):
        await api.act(*[{"act": "say", "chat": _FLOODER, "text": text} for _ in range(_TOGETHER)])


async def _links(api: RemoteBotApi, count: int) -> None:
    """Each message has a hundred links, each of them an entity of its own."""
    links = [f"https://example.com/{number:03}?id=1234567890" for number in range(90)] + ["a.kr"] * 10
    text, entities = "", []
    for link in links:
        entities.append({"type": "url", "offset": len(text), "length": len(link)})
        text += f"{link} "
    content = {"content": {"entities": entities}}
    said = {"act": "say", "chat": _FLOODER, "text": text.strip()} | content
    for _ in range(count // _TOGETHER):
        await api.act(*[dict(said) for _ in range(_TOGETHER)])


async def _presses(api: RemoteBotApi, count: int) -> None:
    for _ in range(count // _TOGETHER):
        await api.act(*[{"act": "press", "chat": _FLOODER} for _ in range(_TOGETHER)])


_FLOODS: dict[str, tuple[_Flood, int]] = {
    "long texts": (_long_texts, 100),
    "links": (_links, 100),
    "presses": (_presses, 2000),
}


async def _one_citizen(subject: Subject, size: Size, seed: int, *, kind: str) -> Figures:
    """Twenty citizens ask, first in peace, then while another one floods; their figures of the second time."""
    watched = (sys.executable, str(ROOT / "tests/delivery/watched_loop.py"), "run")
    command = watched if subject is ASSISTANT else subject.command
    watching = Subject(subject.name, command, subject.settings, subject.prudent)
    async with bench(watching, seed, start=False, latency=_LATENCY) as on:
        on.program.set(FILE_SETTING, str(on.folder / "holds"))
        await on.program.start()
        warm = await ask(on.api, Plan(20, rate=10, first=10_000))
        warm[-1] = await on.api.say(_FLOODER, question(0))
        await on.settle(warm, quiet=60)
        count = size.pick(40, 100)
        quiet, _ = await _asked(on, Plan(count, rate=_RATE, citizens=_CITIZENS, first=20_000))
        flood, most = _FLOODS[kind]
        flooding = asyncio.ensure_future(flood(on.api, most))
        figures, held = await _asked(on, Plan(count, rate=_RATE, citizens=_CITIZENS))
        await flooding
        more = figures.notes["p99 more than in peace"] = round(figures.p99 - quiet.p99, 3)
        figures.notes["p99 in peace"] = round(quiet.p99, 3)
        figures.notes["loop held"], figures.notes["of it worked"] = held
        figures.notes["messages to the flooder"] = sum(
            call.sends and call.chat == _FLOODER for call in await on.api.calls()
        )
        figures.expect(not size.long or more <= _MORE_AT_MOST, f"others waited {more:.2f} s longer")
        figures.expect(held[1] <= _HELD_AT_MOST, f"the loop worked {held[1]:.3f} s at one thing")
        figures.expect_nothing_lost()
        figures.expect_no_doubles()
    return figures


async def _asked(on: Bench, plan: Plan) -> tuple[Figures, tuple[float, float]]:
    """What became of the plan's questions, and how long the loop was held meanwhile: in all, and at work."""
    since = time.monotonic()
    asked = await ask(on.api, plan)
    await on.settle(asked, quiet=30)
    found = holds(on.folder / "holds", since, time.monotonic())
    worst = max((hold.seconds for hold in found), default=0.0), max((hold.worked for hold in found), default=0.0)
    return await on.judged(asked), worst


FAIRNESS = tuple(
    Row(name, f"one citizen floods with {kind}", partial(_one_citizen, kind=kind), seeds=3, suite=False)
    for name, kind in (("L7a", "long texts"), ("L7b", "links"), ("L7c", "presses"))
)
