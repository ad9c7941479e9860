"""What becomes of calls whose answer was lost."""

import asyncio
import json
from typing import Any

import pytest

from bot.delivery import Closed, Sent
from bot.storage.outbox import LEASE
from handlers.telegram.outbox.call_delivery import DeliveryProbe
from tests.bot_api.arguments import Arguments
from tests.bot_api.refusals import Refusal, too_many
from tests.handlers.telegram.outbox.conftest import Desk

PROBE = "editMessageReplyMarkup"


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("handlers.telegram.outbox.call_delivery.LATE_SECONDS", 0.05)


def keyboard(data: str) -> dict[str, Any]:
    return {"inline_keyboard": [[{"text": "네", "callback_data": data}]]}


@pytest.mark.parametrize("fault", ["lost", "garbage"])
@pytest.mark.parametrize("markup", [{}, {"reply_markup": keyboard("1")}])
async def test_a_message_that_arrived_is_found_and_not_sent_again(
    desk: Desk, fault: str, markup: dict[str, Any]
) -> None:
    desk.telegram.faults["sendMessage"].append(fault)
    number = await desk.send(7, **markup)
    await desk.done()
    assert desk.outbox.end(number) == Sent(number, 1)
    assert desk.telegram.asked["sendMessage"] == 1
    assert desk.telegram.chats.reached("7").messages[1].get("reply_markup") == markup.get("reply_markup")
    assert (desk.sender.counters.doubtful, desk.sender.counters.found) == (1, 1)


@pytest.mark.parametrize("fault", ["cut", "502"])
async def test_a_message_that_did_not_arrive_is_sent_again(desk: Desk, fault: str) -> None:
    desk.telegram.faults["sendMessage"].append(fault)
    number = await desk.send(7, "하나")
    await desk.done()
    assert desk.telegram.texts(7) == ["하나"]
    assert desk.outbox.end(number) == Sent(number, 1)
    assert (desk.sender.counters.doubtful, desk.sender.counters.missed) == (1, 1)


async def test_a_message_sent_before_is_not_taken_for_the_lost_one(desk: Desk) -> None:
    await desk.send(7, "하나")
    await desk.done()
    desk.telegram.faults["sendMessage"].append("cut")
    number = await desk.send(7, "둘")
    await desk.done()
    assert desk.telegram.texts(7) == ["하나", "둘"]
    assert desk.outbox.end(number) == Sent(number, 2)


async def test_other_chats_go_on_meanwhile(desk: Desk) -> None:
    desk.telegram.faults["sendMessage"].append("lost")
    desk.telegram.faults[PROBE].extend(["500"] * 3)
    lost = await desk.send(7)
    await desk.until(lambda: desk.sender.counters.doubtful == 1)
    others = [await desk.send(chat) for chat in range(10, 30)]
    await desk.until(lambda: all(isinstance(desk.outbox.end(number), Sent) for number in others))
    assert desk.outbox.end(lost) is None
    await desk.done()
    assert desk.telegram.texts(7) == ["안녕하세요"]


async def test_the_next_message_of_the_chat_waits_for_the_verdict(desk: Desk) -> None:
    desk.telegram.faults["sendMessage"].append("cut")
    for text in ("하나", "둘", "셋"):
        await desk.send(7, text)
    await desk.done()
    assert desk.telegram.texts(7) == ["하나", "둘", "셋"]


async def test_a_message_is_found_among_those_of_many_others(desk: Desk) -> None:
    desk.telegram.latency = 0.01
    desk.telegram.faults["sendMessage"].extend(["none", "none", "lost"] * 10)
    for chat in range(1, 31):
        await desk.send(chat, str(chat), reply_markup=keyboard(str(chat)))
    await desk.done()
    assert all(desk.telegram.texts(chat) == [str(chat)] for chat in range(1, 31))
    assert desk.sender.counters.found == 10


async def test_numbers_of_incoming_messages_are_not_tried(desk: Desk) -> None:
    for _ in range(100):
        desk.telegram.chats.add(desk.telegram.chats.reached("3"), {"id": 3}, {"text": "질문"})
    desk.telegram.faults["sendMessage"].append("lost")
    number = await desk.send(7)
    await desk.until(lambda: desk.sender.counters.doubtful == 1)
    for incoming in range(1, 101):
        desk.sender.numbers.came_in(incoming)
    await desk.done()
    assert desk.outbox.end(number) == Sent(number, 101)
    assert desk.telegram.asked[PROBE] <= 6


async def test_later_messages_of_others_say_where_to_stop(desk: Desk) -> None:
    desk.telegram.latency = 0.02
    desk.telegram.faults["sendMessage"].append("cut")
    await desk.send(7)
    await desk.until(lambda: desk.telegram.asked[PROBE] > 0)
    await desk.send(8)
    await desk.done()
    assert desk.telegram.texts(7) == ["안녕하세요"]
    assert desk.telegram.asked[PROBE] <= 12


async def test_a_press_of_the_lost_messages_button_does_not_hide_it(desk: Desk) -> None:
    desk.telegram.faults["sendMessage"].append("lost")
    number = await desk.send(7, reply_markup=keyboard("1"))
    await desk.until(lambda: len(desk.telegram.texts(7)) == 1)
    desk.telegram.chats.reached("7").messages[1].pop("reply_markup")
    await desk.done()
    assert desk.outbox.end(number) == Sent(number, 1)


async def test_waits_as_long_as_telegram_asks_while_looking(desk: Desk) -> None:
    desk.telegram.faults["sendMessage"].append("lost")
    desk.telegram.refuse_next(PROBE, *[too_many(1)] * 4)
    number = await desk.send(7)
    await desk.done()
    assert desk.outbox.end(number) == Sent(number, 1)
    first, last = desk.telegram.asked_at[1], desk.telegram.asked_at[-1]
    assert last - first >= 0.9


async def test_a_look_that_hangs_is_soon_followed_by_another(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("handlers.telegram.outbox.call_delivery._SHORT_SECONDS", 0.05)
    monkeypatch.setattr("handlers.telegram.outbox.api_errors._FIRST_PAUSE", 0.01)
    desk.sender._gateway._seconds = 10_000
    desk.telegram.faults["sendMessage"].append("lost")
    number = await desk.send(7)
    await desk.until(lambda: desk.sender.counters.doubtful == 1)
    desk.telegram.latency = 10_000
    await desk.until(lambda: desk.telegram.asked[PROBE] > 0)
    desk.telegram.latency = 0
    await desk.done()
    assert desk.outbox.end(number) == Sent(number, 1)


async def test_looks_again_after_the_outbox_was_away(desk: Desk) -> None:
    desk.telegram.faults["sendMessage"].append("lost")
    number = await desk.send(7)
    await desk.until(lambda: desk.sender.counters.doubtful == 1)
    desk.outbox.broken = 3
    await desk.done()
    assert desk.outbox.end(number) == Sent(number, 1)


async def test_a_citizen_who_left_meanwhile_closes_the_call(desk: Desk) -> None:
    desk.telegram.faults["sendMessage"].append("cut")
    desk.telegram.refuse_next(PROBE, *[Refusal(403, "Forbidden: bot was blocked by the user")] * 4)
    number = await desk.send(7)
    await desk.done()
    assert desk.outbox.end(number) == Closed(number, "blocked")


async def test_a_keyboard_that_is_no_good_is_refused_when_it_is_sent_again(desk: Desk) -> None:
    desk.telegram.faults["sendMessage"].append("cut")
    number = await desk.send(7, reply_markup=keyboard("가" * 30))
    await desk.done()
    assert desk.outbox.end(number) == Closed(number, "Button_data_invalid")


async def test_an_edit_whose_answer_was_lost_is_simply_made_again(desk: Desk) -> None:
    await desk.send(7, "하나")
    desk.telegram.faults["editMessageText"].append("lost")
    number = await desk.send(7, "둘", method="editMessageText", message_id=1)
    await desk.done()
    assert desk.telegram.texts(7) == ["둘"]
    assert desk.outbox.end(number) == Sent(number)
    assert desk.sender.counters.doubtful == 0


async def test_a_lost_message_in_a_group_is_found_after_the_one_before(desk: Desk) -> None:
    desk.telegram.chats.open(-1_000_000_000_007, "Staff")
    await desk.send(-1_000_000_000_007, "하나")
    await desk.done()
    desk.telegram.faults["sendMessage"].append("lost")
    number = await desk.send(-1_000_000_000_007, "둘")
    await desk.done()
    assert desk.telegram.texts(-1_000_000_000_007) == ["하나", "둘"]
    assert desk.outbox.end(number) == Sent(number, 2, is_counted=False)


async def test_a_message_to_a_group_is_not_counted_among_those_of_private_chats(desk: Desk) -> None:
    desk.telegram.chats.open(-1_000_000_000_007, "Staff")
    number = await desk.send(-1_000_000_000_007, "하나")
    await desk.done()
    assert desk.outbox.end(number) == Sent(number, 1, is_counted=False)


async def test_in_a_group_of_which_nothing_is_known_it_is_sent_again(desk: Desk) -> None:
    desk.telegram.chats.open(-1_000_000_000_007, "Staff")
    desk.telegram.faults["sendMessage"].append("cut")
    await desk.send(-1_000_000_000_007, "하나")
    await desk.done()
    assert desk.telegram.texts(-1_000_000_000_007) == ["하나"]
    assert desk.telegram.asked[PROBE] == 0


async def test_after_a_crash_what_arrived_is_found_and_what_did_not_is_sent() -> None:
    before = Desk()
    before.start()
    await before.send(1, "하나")
    await before.done()
    before.telegram.faults["sendMessage"].extend(["lost", "cut"])
    before.telegram.latency = 0.01
    before.sender._delivery._probe = _Nothing()
    for chat in (2, 3):
        await before.send(chat, str(chat))
    await before.until(lambda: before.telegram.asked["sendMessage"] == 3 and before.telegram.under_way == 0)
    assert before.running
    before.running.cancel()
    await asyncio.wait([before.running])
    after = Desk(before.outbox, before.telegram)
    after.start()
    await after.done()
    assert [after.telegram.texts(chat) for chat in (2, 3)] == [["2"], ["3"]]
    assert (after.sender.counters.found, after.sender.counters.missed) == (1, 1)
    await after.sender.drain(5)


@pytest.mark.parametrize("markup", [{}, {"reply_markup": keyboard("1")}])
async def test_after_a_crash_in_the_middle_of_many_calls_none_is_made_again(markup: dict[str, Any]) -> None:
    desk, chats = Desk(), range(1, 40)
    numbers = [await desk.outbox.put(chat, text=str(chat), **markup) for chat in chats]
    await desk.outbox.turn_over([], desk.outbox.row(numbers[-1]).due, limit=len(chats), newest=0)
    for chat in chats:
        sent = {"chat_id": str(chat), "text": str(chat)} | {name: json.dumps(value) for name, value in markup.items()}
        desk.telegram.api.methods.table["sendMessage"](Arguments(sent))
    await desk.outbox.recover(desk.outbox.row(numbers[0]).due - LEASE)
    desk.start()
    await desk.done()
    assert [desk.telegram.texts(chat) for chat in chats] == [[str(chat)] for chat in chats]
    await desk.sender.drain(5)


async def test_after_a_crash_an_edit_that_was_sent_anew_is_not_sent_once_more() -> None:
    desk = Desk()
    number = await desk.outbox.put(7, "editMessageText", message_id=99, text="새로")
    await desk.outbox.turn_over([], desk.outbox.row(number).due, limit=1, newest=0)
    desk.telegram.api.methods.table["sendMessage"](Arguments({"chat_id": "7", "text": "새로"}))
    desk.start()
    await desk.done()
    assert desk.telegram.texts(7) == ["새로"]
    assert desk.outbox.end(number) == Sent(number, 1)
    await desk.sender.drain(5)


async def test_what_cannot_be_found_out_is_left_for_the_next_start(desk: Desk) -> None:
    desk.telegram.faults["sendMessage"].append("lost")
    desk.telegram.faults[PROBE].extend(["500"] * 100)
    number = await desk.send(7)
    await desk.until(lambda: desk.telegram.asked[PROBE] > 0)
    await desk.sender.drain(0.5)
    assert desk.outbox.row(number).state == "sending"


class _Nothing(DeliveryProbe):
    """A process that dies before it finds out."""

    def __init__(self) -> None:
        """Needs nothing."""

    async def find(self, *_: object, **__: object) -> Any:
        await asyncio.sleep(3600)


async def test_nothing_is_looked_for_before_it_is_known_what_came_in_meanwhile() -> None:
    desk = Desk()
    number = await desk.outbox.put(7, text="하나")
    await desk.outbox.turn_over([], desk.outbox.row(number).due, limit=1, newest=0)  # and then the process died
    desk.start()
    desk.sender.numbers.caught_up.clear()
    await asyncio.sleep(0.2)
    assert not desk.telegram.asked, "its number may be above all that is known"
    desk.sender.numbers.caught_up.set()
    await desk.done()
    assert desk.telegram.texts(7) == ["하나"]
    await desk.sender.drain(5)
