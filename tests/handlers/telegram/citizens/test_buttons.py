import pytest

from bot.records.questions import QuestionState
from tests.bot_api.refusals import bad_request
from tests.handlers.telegram.building import World

STALE = "이 버튼은 더 이상 쓸 수 없어요. 질문을 다시 적어 주세요."


async def test_pressing_twice_records_once(world: World) -> None:
    citizen = world.citizen()
    await citizen.type("얼마나 들어요?")
    await citizen.press("찾는 내용이 없어요", times=2)
    assert await world.states() == [QuestionState.OPEN]
    assert citizen.screen()[-1].labels == []
    assert [event.text for event in citizen.events() if event.kind == "notice"] == ["이미 담당자에게 전한 질문입니다."]
    assert not world.telegram.api.queries.unanswered, "every press is answered"


async def test_choosing_twice_changes_nothing_more(world: World) -> None:
    citizen = world.citizen()
    await citizen.type("얼마나 들어요?")
    await citizen.press("예산이 얼마예요?", times=3)
    assert await world.states() == [QuestionState.SETTLED]
    assert len(citizen.screen()) == 2
    assert not world.telegram.api.queries.unanswered


@pytest.mark.parametrize(
    "data", ["", "x", "nk1", "ck1:budget", "nk999", "ekgone", "tkgone:0", "tktraining:7", "\ud800"]
)
async def test_forged_presses_change_nothing(world: World, data: str) -> None:
    citizen = world.citizen()
    await citizen.type("얼마나 들어요?")
    fallback = await citizen.type("날씨 어때요?") + 1
    await citizen.press_data(fallback, data)
    assert await world.states() == [QuestionState.OFFERED, QuestionState.OPEN]
    assert citizen.events()[-1].text == STALE
    assert len(citizen.screen()) == 4


async def test_a_citizen_cannot_turn_down_for_another(world: World) -> None:
    asker, other = world.citizen(7), world.citizen(8)
    await asker.type("얼마나 들어요?")
    await other.type("How much?")
    await other.press_data(other.screen()[-1].message_id, "nk1")
    assert await world.states() == [QuestionState.OFFERED, QuestionState.OFFERED]


async def test_in_a_group_only_the_asker_chooses(world: World) -> None:
    asker, other = world.citizen(7, group_id=-1001), world.citizen(8, group_id=-1001)
    await asker.type("@ai_hub_city_bot 얼마나 들어요?")
    await other.press("찾는 내용이 없어요")
    assert await world.states() == [QuestionState.OFFERED]
    assert other.events()[-1].text == STALE
    await asker.press("찾는 내용이 없어요")
    assert await world.states() == [QuestionState.OPEN]


@pytest.mark.parametrize(
    ("data", "text"), [("lk", "어떤 주제가"), ("tktraining:0", "교육에서"), ("ekperiod", "고르신")]
)
async def test_a_button_under_a_message_that_is_gone_leads_on(world: World, data: str, text: str) -> None:
    citizen = world.citizen()
    await citizen.press_data(99, data)
    assert citizen.screen()[-1].text.startswith(text)


async def test_a_suggestion_under_a_message_that_is_gone_is_stale(world: World) -> None:
    citizen = world.citizen(language_code="en")
    await citizen.press_data(99, "nk1")
    assert citizen.events()[-1].text == "This button no longer works. Please ask again."


async def test_a_press_that_is_too_old_still_does_its_work(world: World) -> None:
    citizen = world.citizen()
    await citizen.type("얼마나 들어요?")
    world.telegram.refuse_next("answerCallbackQuery", bad_request("query is too old and response timeout expired"))
    await citizen.press("찾는 내용이 없어요")
    assert await world.states() == [QuestionState.OPEN]
    assert len(citizen.screen()) == 2
