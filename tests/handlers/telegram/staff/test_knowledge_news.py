"""Staff are told once when changed knowledge cannot be served, and when it is again."""

from handlers.telegram.staff.background_jobs import KnowledgeNews
from tests.handlers.telegram.staff.building import Office

FAULT = "entries/a.yaml:3:5: 쌍점이 전각 ‘：’입니다.\n     3 | id： <a>\n    → 반각 쌍점을 쓰세요"


async def test_a_fault_is_shown_as_it_is_and_then_that_all_is_well(office: Office) -> None:
    news = KnowledgeNews("ko")
    news.listener.on_fault(FAULT)
    news.listener.on_served("바뀐 자료로 답합니다(항목 3개).", True)
    assert await news.tell(office.group_chat, office.door.outbox) == 2
    await office.settled()
    texts = [seen.text for seen in office.staff().screen()]
    assert FAULT in texts[-2]
    assert texts[-2].startswith("바뀐 자료에 오류가 있어")
    assert texts[-1] == "바뀐 자료로 답합니다(항목 3개)."
    assert await news.tell(office.group_chat, office.door.outbox) == 0


async def test_changes_without_faults_are_no_news(office: Office) -> None:
    news = KnowledgeNews("ko")
    news.listener.on_served("바뀐 자료로 답합니다(항목 3개).", False)
    assert await news.tell(office.group_chat, office.door.outbox) == 0


async def test_a_long_list_of_faults_fits_a_message(office: Office) -> None:
    news = KnowledgeNews("ko")
    news.listener.on_fault(FAULT * 200)
    await news.tell(office.group_chat, office.door.outbox)
    await office.settled()
    assert len(office.last().text) < 4096
