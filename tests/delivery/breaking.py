"""S1-S5: Telegram fails, refuses, or is out of reach."""

import asyncio
from collections.abc import Sequence
from functools import partial
from typing import Any

from tests.bot_api.citizens import Asked
from tests.bot_api.journal import Call
from tests.delivery.asking import Plan, ask
from tests.delivery.benches import bench
from tests.delivery.judging import Figures, percentile
from tests.delivery.rows import Row, Size
from tests.delivery.subjects import PLAIN_16, Subject

_LATENCY = 0.05
_LONGEST_WAIT = 5
"""Seconds that Telegram asks for at most in S1."""
_CLOCK = 0.05
"""What two processes' looks at the clock may differ by."""

_SENDING = {"method": "sendMessage"}
_TOO_MANY = ({"kind": "429", "share": 0.1, "retry_after": 1, "most_retry_after": _LONGEST_WAIT},)
_FAILING = tuple({"kind": kind, "share": 0.1} for kind in ("500", "502", "503", "reset"))
_ANSWER_LOST = (
    {"kind": "reset", "share": 0.02, "after_effect": True},
    {"kind": "garbage", "share": 0.02, "after_effect": True},
    {"kind": "timeout", "share": 0.01, "after_effect": True},
)


async def _failing_sends(subject: Subject, size: Size, seed: int, *, faults: Sequence[dict[str, Any]]) -> Figures:
    async with bench(subject, seed, latency=_LATENCY) as on:
        await on.api.break_calls(*(_SENDING | fault for fault in faults))
        asked = await ask(on.api, Plan(size.pick(80, 500)))
        await on.settle(asked, quiet=40)
        figures, calls = await on.judged(asked), await on.api.calls()
        figures.notes["fired"] = (await on.api.tell("counts"))["fired"]
        figures.expect_nothing_lost()
        figures.expect_no_doubles()
        impatient = figures.notes["too soon"] = _too_soon(calls)
        figures.expect(impatient == 0, f"{impatient} calls to a chat before its time")
        untouched, touched = _waits(asked, calls)
        slowest = figures.notes["p99 of other chats"] = round(percentile(untouched, 0.99), 3)
        if faults == _TOO_MANY:
            figures.expect(not size.long or slowest <= 1, f"p99 of other chats {slowest} s")
            of_both = [percentile(waits, 0.5) for waits in (untouched, touched)]
            figures.expect(of_both[0] < of_both[1], f"p50 of other chats {of_both[0]:.2f} s, of these {of_both[1]:.2f}")
    return figures


def _too_soon(calls: list[Call]) -> int:
    """Calls to a chat before the time that a 429 asked for was over."""
    refused = [call for call in calls if call.retry_after]
    return sum(
        earlier.at < later.begun < earlier.at + earlier.retry_after - _CLOCK
        for earlier in refused
        for later in calls
        if later.chat == earlier.chat
    )


def _waits(asked: dict[int, Asked], calls: list[Call]) -> tuple[list[float], list[float]]:
    """How long those waited whose chat had met no failure for a while, and how long the others."""
    failed = [(call.chat, call.at) for call in calls if call.error or call.lost]
    answers = {(call.chat, call.reply_to): call.at for call in reversed(calls) if call.sends}
    untouched: list[float] = []
    touched: list[float] = []
    for each in asked.values():
        if end := answers.get((each.chat, each.message)):
            met_one = any(chat == each.chat and each.at - 2 * _LONGEST_WAIT <= at <= end for chat, at in failed)
            (touched if met_one else untouched).append(end - each.at)
    return sorted(untouched), sorted(touched)


async def _outage(subject: Subject, size: Size, seed: int) -> Figures:
    """Nothing works for a while: pages of a gateway, or connections that are reset."""
    seconds = size.pick(8, 60)
    async with bench(subject, seed, latency=_LATENCY) as on:
        asking = asyncio.ensure_future(ask(on.api, Plan(20 * (seconds + 1), rate=20)))
        await asyncio.sleep(1)
        loop = asyncio.get_running_loop()
        began = loop.time()
        await on.api.break_calls({"kind": "reset" if seed % 2 else "502", "seconds": seconds})
        polls = len(await on.api.tell("polls"))
        asked = await asking
        polls = len(await on.api.tell("polls")) - polls
        tried = polls + len([call for call in await on.api.calls() if call.lost])
        await asyncio.sleep(max(0.0, began + seconds - loop.time()))
        await on.settle(asked, quiet=60)
        figures = await on.judged(asked)
        figures.expect_nothing_lost()
        figures.expect_no_doubles()
        figures.expect(not size.long or figures.p99 <= seconds + 60, f"the last answer came after {figures.p99:.0f} s")
        figures.notes["calls in the outage"] = tried
        figures.expect(tried <= seconds + 30, f"{tried} calls in {seconds} s in which nothing worked")
    return figures


async def _limits(subject: Subject, size: Size, seed: int) -> Figures:
    """A burst, while the published limits hold."""
    count = size.pick(150, 1000)
    async with bench(subject, seed, latency=_LATENCY, flood=True) as on:
        asked = await ask(on.api, Plan(count, rate=0, citizens=count // 3))
        await on.settle(asked, quiet=60)
        figures, calls = await on.judged(asked), await on.api.calls()
        figures.expect_nothing_lost()
        figures.expect_no_doubles()
        refused = figures.notes["429s"] = (await on.api.tell("counts"))["flood_refused"]
        figures.expect(refused <= max(2, count // 100), f"{refused} sends were refused as too many")
        sent = [call.at for call in calls if call.sends]
        figures.notes["answers a second"] = round(len(sent) / (max(sent) - min(sent)), 1) if len(sent) > 1 else 0
    return figures


BREAKING = (
    Row("S1", "429 on a tenth of the sends", partial(_failing_sends, faults=_TOO_MANY), control="not answered"),
    Row("S2", "500, 502, 503, reset on a tenth each", partial(_failing_sends, faults=_FAILING), control="not answered"),
    Row("S3", "the answer lost after the effect", partial(_failing_sends, faults=_ANSWER_LOST)),
    Row("S4", "an outage of everything", _outage, control="not answered", seeds=4),
    Row(
        "S5",
        "a burst against the published limits",
        _limits,
        control="not answered",
        seeds=3,
        plain=PLAIN_16,
        suite=False,
    ),
)
