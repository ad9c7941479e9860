"""The chat page without a browser: forms alone, what must never be taken, and what must never be shown to others."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from bot.errors import FindingError
from bot.transcript.kept_chats import MOST_CHARACTERS
from handlers.web.chat import chat_page
from tests.handlers.web.chat.served_chat import PlainBrowser, ServedChat, a_browser, a_served_chat

TELL_ME = "답변이 나오면 알려 주세요"


@pytest.fixture
async def chat() -> AsyncIterator[ServedChat]:
    async with a_served_chat() as served:
        yield served


@pytest.fixture
async def browser(chat: ServedChat) -> AsyncIterator[PlainBrowser]:
    async with a_browser(chat) as opened:
        await opened.open()
        yield opened


async def test_page_begins_with_a_greeting_samples_and_topics(browser: PlainBrowser) -> None:
    assert "궁금한 것을 평소 말투로 적어 주세요" in browser.page
    assert "투자와 예산" in browser.page
    assert browser.messages() == []


async def test_question_is_answered_and_the_reload_asks_nothing_again(browser: PlainBrowser, chat: ServedChat) -> None:
    await browser.say("모르는 것이에요?")
    assert browser.messages()[0] == "모르는 것이에요?"
    assert browser.last is not None
    assert (browser.last.url.path, browser.last.request.method) == ("/", "GET")
    await browser.open()
    assert len(browser.messages()) == 2
    assert len(await chat.service.storage.questions.listed()) == 1


async def test_form_that_is_sent_twice_asks_once(browser: PlainBrowser, chat: ServedChat) -> None:
    fields = {**browser.hidden(), "text": "모르는 것이에요?"}
    await asyncio.gather(*(browser.client.post("/", data=fields) for _ in range(3)))
    await browser.open()
    assert len(browser.messages()) == 2
    assert len(await chat.service.storage.questions.listed()) == 1


async def test_whole_loop_by_forms_alone(browser: PlainBrowser, chat: ServedChat) -> None:
    await browser.say("모르는 것이에요?")
    await browser.press(TELL_ME)
    assert "접수번호" in browser.messages()[-1]
    await chat.service.answer("이렇습니다.")
    await browser.open()
    assert browser.messages()[-1].endswith("이렇습니다.")


async def test_what_was_missing_is_written_under_the_message_that_asks(browser: PlainBrowser) -> None:
    await browser.say("예산이 얼마예요?")
    await browser.press("안 됐어요")
    await browser.reply("올해 예산이 없어요")
    assert "담당자에게 전했습니다" in browser.messages()[-1]


async def test_menu_lists_the_citizens_own_questions(browser: PlainBrowser) -> None:
    await browser.press("내 질문 보기")
    assert browser.messages()[0] == "내 질문 보기"
    assert "답변을 기다리시는 질문이 없어요" in browser.messages()[1]


async def test_link_shows_an_entry_and_the_first_question_follows_it(browser: PlainBrowser, chat: ServedChat) -> None:
    await browser.open("/?entry=period")
    assert "2020년부터 2024년까지입니다." in browser.messages()[0]
    assert await chat.service.storage.transcripts.chat(browser.client.cookies["chat"]) is None
    await browser.say("그럼 얼마?")
    assert [text[:4] for text in browser.messages()] == ["고르신 ", "그럼 얼", "4,116억"[:4]] or len(
        browser.messages()
    ) == 3


@pytest.mark.parametrize("entry", ["gone", "<script>", "%00", "a" * 5000])
async def test_link_to_nothing_shows_the_page(browser: PlainBrowser, entry: str) -> None:
    await browser.open(f"/?entry={entry}")
    assert browser.messages() == []
    assert "<script>" not in browser.page.replace('<script src="', "")


async def test_markup_that_anybody_writes_is_text(browser: PlainBrowser, chat: ServedChat) -> None:
    attack = '<script>alert(1)</script> **굵게** <img src=x onerror="alert(2)"> 모르는 것이에요?'
    await browser.say(attack)
    assert "<script>alert" not in browser.page
    assert "<img" not in browser.page
    assert browser.messages()[0] == attack
    await browser.press(TELL_ME)
    await chat.service.answer("<b>답</b> **굵게** https://city.example/a?b=1&c=2. 끝")
    await browser.open()
    assert "<b>답</b> **굵게** https://city.example/a?b=1&c=2. 끝" in browser.messages()[-1]
    assert 'href="https://city.example/a?b=1&amp;c=2"' in browser.page


async def test_number_to_call_can_be_pressed(browser: PlainBrowser) -> None:
    await browser.say("죽고 싶어요")
    assert '<a class="call" href="tel:109">109</a>' in browser.page


async def test_two_browsers_never_see_each_others(chat: ServedChat) -> None:
    async with a_browser(chat) as mine, a_browser(chat) as yours:
        await mine.open()
        await yours.open()
        await mine.say("모르는 것이에요?")
        await yours.say("예산이 얼마예요?")
        await yours.send(press=f"2:{'ak1'}")
        assert "모르는 것이에요?" not in "".join(yours.messages())
        assert "예산" not in "".join(mine.messages())


async def test_cookie_is_for_this_browser_and_no_script(browser: PlainBrowser) -> None:
    response = await browser.client.get("/")
    (cookie,) = [value for value in response.headers.get_list("Set-Cookie") if value.startswith("chat=")]
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie


@pytest.mark.parametrize("value", ["", "short", "x" * 44, "가" * 43, "../" * 14 + "a"])
async def test_cookie_that_is_none_of_ours_is_replaced(chat: ServedChat, value: str) -> None:
    async with a_browser(chat) as visitor:
        response = await visitor.client.get("/", headers={b"Cookie": f"chat={value}".encode()})
    assert response.status_code == 200
    assert "chat=" in response.headers["Set-Cookie"]


async def test_form_without_a_cookie_is_told_of_cookies_and_keeps_nothing(chat: ServedChat) -> None:
    async with a_browser(chat) as visitor:
        response = await visitor.client.post("/", data={"text": "예산이 얼마예요?"})
    assert response.status_code == 400
    assert "쿠키" in response.text


@pytest.mark.parametrize("fields", [{"token": ""}, {"token": "0" * 64}, {}])
async def test_form_without_the_token_is_refused(browser: PlainBrowser, fields: dict[str, str]) -> None:
    response = await browser.client.post("/", data={"text": "예산이 얼마예요?", **fields})
    assert response.status_code == 403
    await browser.open()
    assert browser.messages() == []


@pytest.mark.parametrize(
    "fields",
    [
        {"press": "x"},
        {"press": "99999999999999999999999:ak1"},
        {"press": "-1:nonsense"},
        {"press": "1:" + "가" * 100},
        {"command": "shutdown"},
        {"text": "   "},
        {"reply_to": "²", "text": "예산이 얼마예요?"},
        {"entry": "../../etc/passwd", "text": "예산이 얼마예요?"},
        {},
    ],
)
async def test_whatever_a_program_sends_the_page_is_shown(browser: PlainBrowser, fields: dict[str, str]) -> None:
    await browser.send(**fields)
    assert browser.last is not None
    assert browser.last.status_code == 200


async def test_text_that_is_too_long_stays_in_the_field(browser: PlainBrowser) -> None:
    long = "가" * (MOST_CHARACTERS + 1)
    await browser.say(long)
    assert browser.last is not None
    assert browser.last.status_code == 413
    assert f"{MOST_CHARACTERS}자까지" in browser.page
    assert long in browser.page


async def test_flood_of_one_chat_is_told_to_wait_and_keeps_its_words(browser: PlainBrowser, chat: ServedChat) -> None:
    fields = browser.hidden()
    statuses = [
        (await browser.client.post("/", data={**fields, "text": f"{number}"}, follow_redirects=False)).status_code
        for number in range(31)
    ]
    assert statuses == [303] * 30 + [429]
    await browser.say("예산이 얼마예요?")
    assert "1분쯤 뒤에" in browser.page
    assert ">예산이 얼마예요?</textarea>" in browser.page
    async with a_browser(chat) as other:
        await other.open()
        await other.say("언제까지 하나요?")
        assert other.last is not None
        assert other.last.status_code == 200


async def test_words_are_kept_while_nothing_can_be_looked_up(browser: PlainBrowser, chat: ServedChat) -> None:
    chat.service.finder.broken = True
    await browser.say("예산이 얼마예요?")
    assert browser.last is not None
    assert browser.last.status_code == 503
    assert ">예산이 얼마예요?</textarea>" in browser.page
    chat.service.finder.broken = False
    await browser.say("예산이 얼마예요?")
    assert len(browser.messages()) == 2


async def test_forgetting_is_asked_for_and_leaves_nothing(browser: PlainBrowser) -> None:
    await browser.say("모르는 것이에요?")
    asked = await browser.open("/forget")
    assert "되돌릴 수 없고" in asked
    token = browser.page.split('name="token" value="')[1].split('"')[0]
    assert (await browser.client.post("/forget", data={"token": "wrong"})).status_code == 403
    response = await browser.client.post("/forget", data={"token": token})
    assert "모두 지웠습니다" in response.text
    await browser.open()
    assert browser.messages() == []


async def test_privacy_is_told_for_this_page(browser: PlainBrowser) -> None:
    assert "30일 동안" in await browser.open("/privacy")


async def test_page_may_be_embedded_where_a_setting_says_so() -> None:
    sites = "https://www.city.example"
    async with a_served_chat(sites, public_host="127.0.0.1") as chat, a_browser(chat) as visitor:
        await visitor.open("/?language=en")
        assert visitor.last is not None
        headers = visitor.last.headers
    assert [value.split("=")[0] for value in headers.get_list("Set-Cookie")] == ["language", "chat"]
    assert f"frame-ancestors {sites}" in headers["Content-Security-Policy"]
    (cookie,) = [value for value in headers.get_list("Set-Cookie") if value.startswith("chat=")]
    assert {"SameSite=none", "Secure", "Partitioned"} <= {part.strip() for part in cookie.split(";")}


async def test_script_gets_what_has_changed_alone(browser: PlainBrowser) -> None:
    await browser.say("예산이 얼마예요?")
    headers = {"X-Requested-With": chat_page.SCRIPT}
    fields = {**browser.hidden(), "text": "언제까지 하나요?", "after": "2"}
    response = await browser.client.post("/", data=fields, headers=headers)
    assert "<html" not in response.text
    assert response.text.count("<li") == 2
    assert "4,116억" not in response.text


async def test_open_page_is_told_of_an_answer(browser: PlainBrowser, chat: ServedChat) -> None:
    await browser.say("모르는 것이에요?")
    await browser.press(TELL_ME)
    async with asyncio.timeout(60), browser.client.stream("GET", "/chat/events", params={"after": "3"}) as events:
        assert events.headers["Content-Type"].startswith("text/event-stream")
        await chat.service.answer("이렇습니다.")
        async for line in events.aiter_lines():
            if "이렇습니다." in line:
                break


async def test_events_of_nobodys_chat_end_at_once(browser: PlainBrowser) -> None:
    assert (await browser.client.get("/chat/events")).status_code == 204


async def test_service_that_is_still_loading_says_so() -> None:
    async with a_served_chat() as chat, a_browser(chat) as visitor:
        with pytest.MonkeyPatch.context() as patched:
            patched.setattr(chat.service.chats, "welcome", _loading)
            await visitor.open()
    assert visitor.last is not None
    assert (visitor.last.status_code, visitor.last.headers["Retry-After"]) == (503, "3")


def _loading(_: object) -> object:
    raise FindingError("the knowledge base is still being loaded")
