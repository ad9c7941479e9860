"""What a preview shows is what is sent, once, by whoever wrote it."""

import pytest

from bot.records.drafts import DraftState
from bot.records.errors import (
    ActRefusedError,
    Caution,
    Refusal,
    UnknownPreviewError,
    UnknownSavedReplyError,
    UnsuitableTextError,
)
from bot.records.groups import Answer, GroupState
from tests.bot.follow_up.building import KIM, LEE, Office
from tests.bot.storage.building import a_question


async def test_preview_is_sent_letter_by_letter(office: Office) -> None:
    number = await office.group("셔틀 있나요?", "셔틀 언제?")
    shown = await office.follow_up.desk.preview(number, " **8시** <b>부터</b> 010-1234-5678\n", "ko", KIM)
    assert (shown.text, shown.waiting) == ("**8시** <b>부터</b> 010-1234-5678", 2)
    assert shown.cautions == (Caution.PERSONAL_NUMBER, Caution.MARKUP)
    assert (await office.follow_up.desk.group(number)).state is GroupState.OPEN
    group = await office.follow_up.desk.send(shown.number, KIM)
    assert group.standing.answer
    assert group.standing.answer.ko == shown.text


async def test_preview_is_sent_once(office: Office) -> None:
    number = await office.group("셔틀 있나요?")
    shown = await office.follow_up.desk.preview(number, "네", "ko", KIM)
    await office.follow_up.desk.send(shown.number, KIM)
    with pytest.raises(UnknownPreviewError, match="was sent already or is too old"):
        await office.follow_up.desk.send(shown.number, KIM)


async def test_preview_is_its_writers(office: Office) -> None:
    number = await office.group("셔틀 있나요?")
    shown = await office.follow_up.desk.preview(number, "네", "ko", KIM)
    with pytest.raises(ActRefusedError, match="has a preview that 김주무관 wrote") as caught:
        await office.follow_up.desk.send(shown.number, LEE)
    assert caught.value.refusal is Refusal.NOT_WRITER


async def test_preview_of_a_group_that_was_answered_meanwhile_is_refused_and_kept(office: Office) -> None:
    number = await office.group("셔틀 있나요?")
    shown = await office.follow_up.desk.preview(number, "네", "ko", KIM)
    await office.follow_up.desk.answer(number, "아니요", "ko", LEE)
    with pytest.raises(ActRefusedError, match="was answered by 이팀장"):
        await office.follow_up.desk.send(shown.number, KIM)
    assert (await office.storage.follow_up.cards.preview(shown.number)).text == "네"
    with pytest.raises(ActRefusedError, match="was answered by 이팀장"):
        await office.follow_up.desk.preview(number, "네", "ko", KIM)


async def test_unsuitable_text_has_no_preview(office: Office) -> None:
    number = await office.group("셔틀 있나요?")
    with pytest.raises(UnsuitableTextError):
        await office.follow_up.desk.preview(number, "가" * 4097, "ko", KIM)


@pytest.mark.parametrize("number", [0, -3, 99, 2**63])
async def test_unknown_preview(office: Office, number: int) -> None:
    with pytest.raises(UnknownPreviewError):
        await office.follow_up.desk.send(number, KIM)


async def test_discarded_preview_cannot_be_sent(office: Office) -> None:
    number = await office.group("셔틀 있나요?")
    shown = await office.follow_up.desk.preview(number, "네", "ko", KIM)
    for _ in range(2):
        await office.follow_up.desk.discard_preview(shown.number)
    with pytest.raises(UnknownPreviewError):
        await office.follow_up.desk.send(shown.number, KIM)


async def test_preview_lists_each_question_once_by_its_words(office: Office) -> None:
    number = await office.group("셔틀 있나요?", "셔틀있나요", "셔틀 언제?", told=False)
    shown = await office.follow_up.desk.preview(number, "네", "ko", KIM)
    assert [(asked.text, len(asked.numbers), asked.waiting) for asked in shown.asked] == [
        ("셔틀 있나요?", 2, 0),
        ("셔틀 언제?", 1, 0),
    ]


async def test_first_question_that_is_left_out_names_the_group_no_longer(office: Office) -> None:
    number = await office.group("셔틀 있나요?", "셔틀 언제?")
    shown = await office.follow_up.desk.preview(number, "8시부터 다닙니다.", "ko", KIM)
    shown = await office.follow_up.desk.leave_out(shown.number, shown.asked[0].numbers[0], KIM)
    await office.follow_up.desk.send(shown.number, KIM, shown.seen)
    assert (await office.follow_up.desk.group(number)).title == "셔틀 언제?"
    (draft,) = await office.storage.follow_up.drafts.listed()
    assert draft.content.asked() == [("ko", "셔틀 언제?")]


async def test_other_questions_than_were_shown_are_not_answered(office: Office) -> None:
    number = await office.group("셔틀 있나요?", "셔틀 언제?")
    shown = await office.follow_up.desk.preview(number, "네", "ko", KIM)
    await office.follow_up.desk.split(number, [shown.asked[1].numbers[0]], LEE)
    await office.group("셔틀 어디?", first_chat=300)  # as many as before, but others
    with pytest.raises(ActRefusedError) as caught:
        await office.follow_up.desk.send(shown.number, KIM, shown.seen)
    assert caught.value.refusal is Refusal.OTHER_QUESTIONS


async def test_entry_is_shown_before_it_is_linked(office: Office) -> None:
    number = await office.group("셔틀 있나요?")
    shown = await office.follow_up.desk.preview_link(number, "place", KIM)
    assert (shown.entry_id, shown.answer) == ("place", Answer("첨단3지구입니다.", "In Cheomdan."))
    assert (await office.follow_up.desk.group(number)).state is GroupState.OPEN
    group = await office.follow_up.desk.send(shown.number, KIM, shown.seen)
    assert (group.standing.entry_id, group.standing.answer) == ("place", shown.answer)


async def test_known_gap_is_neither_offered_nor_linked(office: Office) -> None:
    number = await office.group("셔틀 있나요?")
    assert [choice.entry.id for choice in await office.follow_up.desk.link_choices(number)] == ["budget", "place"]
    for attempt in (office.follow_up.desk.preview_link, office.follow_up.desk.link):
        with pytest.raises(ActRefusedError) as caught:
            await attempt(number, "gap-parking", KIM)
        assert caught.value.refusal is Refusal.NO_ANSWER


async def test_what_joins_an_answered_group_by_itself_is_no_way_to_ask_in_its_draft(office: Office) -> None:
    number = await office.group("셔틀 있나요?")
    await office.follow_up.desk.answer(number, "네, 있습니다.", "ko", KIM)
    await office.group("셔틀 있나요", first_chat=300)  # the same words, so it joins
    other = await office.group("버스 있나요?", first_chat=400)
    await office.follow_up.desk.merge(number, other, KIM)  # a person's tap
    drafts = await office.storage.follow_up.drafts.listed(DraftState.NEW)
    assert [text for draft in drafts for _, text in draft.content.asked()] == ["셔틀 있나요?", "버스 있나요?"]


async def test_whoever_asks_again_and_again_is_one_person(office: Office) -> None:
    number = await office.ask("셔틀 있나요?", 100)
    await office.storage.questions.record(a_question("telegram:100:8", "셔틀 언제?"))
    await office.ask("셔틀 어디?", 200, told=False)
    await office.follow_up.placement.place_open(office.placer)
    group = await office.follow_up.desk.group(await office.follow_up.placement.group_of(number))
    assert (group.count, group.people, group.waiting) == (3, 2, 1)


async def test_many_are_dismissed_at_once_and_one_that_cannot_be_stops_none(office: Office) -> None:
    first, second = await office.group("셔틀 있나요?"), await office.group("광고", first_chat=200)
    await office.follow_up.desk.answer(first, "네", "ko", KIM)
    done = await office.follow_up.desk.dismiss_all([first, second, 999], "noise", LEE)
    assert [group.number for group in done.done] == [second]
    assert [number for number, _ in done.refused] == [first, 999]


async def test_saved_reply_is_kept_once_and_removed_once(office: Office) -> None:
    saved = await office.follow_up.saved_replies.save(" 062-613-0000으로 문의해 주세요. ", KIM)
    await office.follow_up.saved_replies.save("062-613-0000으로 문의해 주세요.", LEE)
    assert [each.text for each in await office.follow_up.saved_replies.listed()] == ["062-613-0000으로 문의해 주세요."]
    await office.follow_up.saved_replies.remove(saved.number)
    with pytest.raises(UnknownSavedReplyError, match="somebody has removed it"):
        await office.follow_up.saved_replies.remove(saved.number)
