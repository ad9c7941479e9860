"""What citizens send is taken once, shown with its reply in their own chat, and in nobody else's."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from bot.errors import FindingError, StorageError
from bot.records.questions import QuestionState
from bot.transcript.kept_chats import MOST_CHARACTERS
from tests.bot.transcript.small_service import KIM, Reader, SmallService, a_service

TELL_ME = "답변이 나오면 알려 주세요"


@pytest.fixture
async def service() -> AsyncIterator[SmallService]:
    async with a_service() as running:
        yield running


@pytest.fixture
def reader(service: SmallService) -> Reader:
    return Reader(service)


async def test_question_and_answer_stand_in_the_chat(reader: Reader) -> None:
    await reader.say("예산이 얼마예요?")
    asked, answered = await reader.messages()
    assert (asked.content.text, asked.content.is_own) == ("예산이 얼마예요?", True)
    assert answered.content.text.startswith("**4,116억 원**")
    assert (answered.reply_to, answered.content.is_own) == (asked.number, False)
    assert await reader.labels() == ["언제까지 하나요?", "도움이 됐어요", "안 됐어요"]
    assert [button.is_short for button in answered.content.buttons] == [False, True, True]


async def test_form_that_is_sent_twice_asks_once(service: SmallService, reader: Reader) -> None:
    form = reader.form()
    for _ in range(2):
        await service.chats.say(form, "모르는 것이에요?")
    assert len(await reader.messages()) == 2
    assert len(await service.storage.questions.listed()) == 1


async def test_forms_of_two_readers_never_meet(service: SmallService) -> None:
    mine, yours = Reader(service, "mine"), Reader(service, "yours")
    await mine.say("예산이 얼마예요?")
    await yours.say("언제까지 하나요?")
    assert (await mine.texts())[0] == "예산이 얼마예요?"
    assert (await yours.texts())[0] == "언제까지 하나요?"
    assert len(await mine.messages()) == len(await yours.messages()) == 2


async def test_question_is_read_with_the_one_before(reader: Reader) -> None:
    await reader.say("예산이 얼마예요?")
    await reader.say("그럼 언제?")
    assert (await reader.texts())[-1].startswith("2020년부터 2024년까지")


async def test_unanswered_question_is_recorded_and_its_answer_arrives(service: SmallService, reader: Reader) -> None:
    await reader.say("모르는 것이에요?")
    await reader.press(TELL_ME)
    assert "접수번호" in (await reader.texts())[-1]
    assert TELL_ME not in [button.label for message in await reader.messages() for button in message.content.buttons]
    assert await service.answer("답은 **글자 그대로** 이렇습니다.") == 1
    newest = (await reader.messages())[-1]
    assert newest.content.text.endswith("모르는 것이에요?\n\n답은 **글자 그대로** 이렇습니다.")
    assert newest.content.is_literal
    assert await service.tell() == 0


async def test_answer_arrives_in_the_chat_of_whoever_asked_alone(service: SmallService) -> None:
    mine, yours = Reader(service, "mine"), Reader(service, "yours")
    await mine.say("모르는 것이에요?")
    await mine.press(TELL_ME)
    await yours.say("예산이 얼마예요?")
    await service.answer("이렇습니다.")
    assert (await mine.texts())[-1].endswith("이렇습니다.")
    assert not any("이렇습니다." in text for text in await yours.texts())


async def test_notice_to_a_forgotten_chat_ends_as_not_delivered(service: SmallService, reader: Reader) -> None:
    await reader.say("모르는 것이에요?")
    await reader.press(TELL_ME)
    group = await service.place()
    await service.storage.transcripts.forget(await service.storage.transcripts.chat("mine") or 0)
    await service.answer("이렇습니다.")
    (failed,) = await service.follow_up.desk.not_reached(group)
    assert failed.reason == "gone"


async def test_question_of_staff_is_replied_to_under_it(service: SmallService, reader: Reader) -> None:
    await reader.say("모르는 것이에요?")
    await reader.press(TELL_ME)
    group = await service.place()
    asked = await service.follow_up.desk.ask_back(group, "어느 동네인가요?", KIM)
    service.clock.now = asked.send_at
    await service.tell()
    question = (await reader.messages())[-1]
    assert (question.content.prompt, "어느 동네인가요?" in question.content.text) == ("답장 내용", True)
    await reader.say("상무동이에요. 010-1234-5678", question.number)
    assert (await reader.texts())[-1].startswith("적어 주신 내용을 담당자에게 전했습니다.")
    (note,) = await service.follow_up.desk.notes(group)
    assert note.text.startswith("상무동이에요.")
    assert "1234" not in note.text


async def test_vote_and_what_was_missing(service: SmallService, reader: Reader) -> None:
    await reader.say("예산이 얼마예요?")
    await reader.press("안 됐어요")
    assert (await reader.texts())[-1] == "의견 고맙습니다."
    (prompted,) = [message for message in await reader.messages() if message.content.prompt]
    await reader.say("올해 예산이 없어요", prompted.number)
    assert (await reader.texts())[-1] == "적어 주신 내용을 담당자에게 전했습니다. 고맙습니다."
    (recorded,) = await service.storage.questions.listed()
    assert (recorded.text, recorded.state) == ("올해 예산이 없어요", QuestionState.OPEN)


async def test_chosen_suggestion_takes_the_place_of_the_list(reader: Reader) -> None:
    await reader.say("얼마나 들어요?")
    before = await reader.messages()
    await reader.press("언제까지 하나요?")
    after = await reader.messages()
    assert [message.number for message in after] == [message.number for message in before]
    assert "2020년부터 2024년까지입니다." in after[-1].content.text


async def test_topics_are_leafed_through_in_place(reader: Reader) -> None:
    await reader.service.chats.command(reader.form(), "topics", "주제별로 보기")
    assert await reader.texts() == ["주제별로 보기", "어떤 주제가 궁금하세요?"]
    await reader.press("교육")
    assert len(await reader.messages()) == 2
    assert "교육 1은 뭐예요?" in await reader.labels()


async def test_sample_that_is_pressed_stands_there_as_a_question(reader: Reader) -> None:
    await reader.say("/start")
    sample = (await reader.labels())[0]
    await reader.press(sample)
    asked, answered = (await reader.messages())[-2:]
    assert (asked.content.text, asked.content.is_own) == (sample, True)
    assert answered.reply_to == asked.number


async def test_topic_of_the_welcome_is_shown_below(service: SmallService, reader: Reader) -> None:
    welcome = service.chats.welcome("ko")
    await service.chats.press(reader.form(), 0, welcome.topics[0].code)
    (shown,) = await reader.messages()
    assert "투자와 예산" in shown.content.text


async def test_link_shows_its_entry_and_writes_nothing_until_something_is_said(
    service: SmallService, reader: Reader
) -> None:
    shown = await service.chats.entry("period", "ko")
    assert shown is not None
    assert "2020년부터 2024년까지입니다." in shown.text
    assert await reader.messages() == []
    assert await service.chats.entry("gone", "ko") is None
    await service.chats.say(reader.form(entry="period"), "그럼 얼마?")
    texts = await reader.texts()
    assert "2020년부터 2024년까지입니다." in texts[0]
    assert texts[1] == "그럼 얼마?"
    assert texts[2].startswith("4,116억 원")


@pytest.mark.parametrize("code", ["", "nonsense", "yk" + "a" * 60, "akzzzzzzzzzzzzz", "스크립트", "ykbudget", "ak1"])
async def test_button_that_was_never_shown_changes_nothing(service: SmallService, reader: Reader, code: str) -> None:
    await reader.say("언제까지 하나요?")
    before = await reader.messages()
    await service.chats.press(reader.form(), before[-1].number, code)
    *kept, notice = await reader.messages()
    assert kept == before
    assert notice.content.text.startswith("이 버튼은 더 이상 쓸 수 없어요.")


async def test_button_of_another_chat_changes_nothing_there(service: SmallService) -> None:
    mine, yours = Reader(service, "mine"), Reader(service, "yours")
    await mine.say("모르는 것이에요?")
    theirs = (await mine.messages())[-1]
    await yours.say("예산이 얼마예요?")
    await service.chats.press(yours.form(), theirs.number, theirs.content.buttons[0].code)
    assert theirs == (await mine.messages())[-1]
    assert (await yours.texts())[-1].startswith("이 버튼은 더 이상 쓸 수 없어요.")
    assert await service.follow_up.citizens.mine("web", 2) == []


async def test_reply_to_a_message_of_another_chat_is_a_question(service: SmallService) -> None:
    mine, yours = Reader(service, "mine"), Reader(service, "yours")
    await mine.say("예산이 얼마예요?")
    await mine.press("안 됐어요")
    (prompted,) = [message for message in await mine.messages() if message.content.prompt]
    await yours.say("언제까지 하나요?", prompted.number)
    assert (await yours.texts())[-1].startswith("2020년부터")


@pytest.mark.parametrize("way", ["command", "text", "label"])
async def test_forgetting_destroys_the_chat(service: SmallService, reader: Reader, way: str) -> None:
    await reader.say("모르는 것이에요?")
    await reader.press(TELL_ME)
    chat = await service.storage.transcripts.chat("mine") or 0
    if way == "command":
        taken = await service.chats.forget(reader.form())
    elif way == "text":
        taken = await reader.say("/forget")
    else:
        taken = await service.chats.command(reader.form(), "forget", "내 기록 지우기")
    assert taken.is_forgotten
    assert await reader.messages() == []
    assert await service.follow_up.citizens.mine("web", chat) == []
    await reader.say("예산이 얼마예요?")
    assert (await service.storage.transcripts.chat("mine") or 0) > chat


async def test_personal_numbers_are_masked_before_they_are_kept(reader: Reader) -> None:
    await reader.say("제 번호는 010-1234-5678인데 예산이 얼마예요?")
    assert not any("1234" in text for text in await reader.texts())


async def test_privacy_says_what_is_kept_here(reader: Reader) -> None:
    await reader.say("/privacy")
    text = (await reader.texts())[-1]
    assert "30일 동안" in text
    assert "180일" in text
    assert "텔레그램" not in text


async def test_question_that_cannot_be_looked_up_leaves_nothing_and_may_be_sent_again(
    service: SmallService, reader: Reader
) -> None:
    service.finder.broken = True
    form = reader.form()
    with pytest.raises(FindingError):
        await service.chats.say(form, "예산이 얼마예요?")
    assert await reader.messages() == []
    service.finder.broken = False
    await service.chats.say(form, "예산이 얼마예요?")
    assert len(await reader.messages()) == 2


async def test_answer_is_shown_while_nothing_can_be_written(service: SmallService, reader: Reader) -> None:
    service.chats._unit = _unit_that_fails
    taken = await reader.say("예산이 얼마예요?")
    assert taken.unkept[0].text.startswith("**4,116억 원**")
    assert taken.unkept[0].buttons == ()
    with pytest.raises(StorageError):
        await reader.say("모르는 것이에요?")


@asynccontextmanager
async def _unit_that_fails() -> AsyncIterator[None]:
    yield
    raise StorageError("the disk is full; free some space")


async def test_answers_are_counted(service: SmallService, reader: Reader) -> None:
    await reader.say("예산이 얼마예요?")
    await reader.say("/help")
    assert sum(service.metrics.replies.values()) == 1


async def test_text_without_an_end_is_taken_up_to_its_limit(reader: Reader) -> None:
    await reader.say("가" * (MOST_CHARACTERS + 500))
    assert len((await reader.messages())[0].content.text) == MOST_CHARACTERS
