"""Staff are told when Telegram refuses messages for what nobody foresaw: at once, then once an hour, with a count."""

from datetime import timedelta

from handlers.telegram.outbox.gateway import Counters
from handlers.telegram.staff.background_jobs import RefusalNews
from tests.handlers.telegram.staff.building import Office


async def test_each_call_is_told_once_and_what_comes_later_in_an_hour(office: Office) -> None:
    counters, outbox = Counters(), office.door.outbox
    news = RefusalNews(counters)
    assert await news.tell(office.group_chat, outbox) == 0
    counters.unforeseen_calls.update({1: "Something odd", 2: "Something odd"})
    assert await news.tell(office.group_chat, outbox) == 1
    await office.settled()
    assert "메시지 2건을 예상하지 못한 이유로 거절했습니다(Something odd)" in office.last().text
    counters.unforeseen_calls[3] = "<b>Another</b>"
    assert await news.tell(office.group_chat, outbox) == 0
    office.now += timedelta(hours=1)
    assert await news.tell(office.group_chat, outbox) == 1
    await office.settled()
    assert "메시지 1건을 예상하지 못한 이유로 거절했습니다(<b>Another</b>)" in office.last().text
    assert counters.unforeseen_calls == {}


async def test_what_the_sender_is_refused_is_told(office: Office) -> None:
    """The counters are those of the sender that makes the calls."""
    await office.asked("수영장 있어요?")
    office.door.sender.counters.unforeseen_calls[7] = "Something odd"
    assert await RefusalNews(office.door.sender.counters).tell(office.group_chat, office.door.outbox) == 1
