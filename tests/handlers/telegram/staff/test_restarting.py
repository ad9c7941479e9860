"""What staff have begun goes on after the program was started anew."""

from pathlib import Path

from bot.storage.storage import Storage
from handlers.telegram.lifecycle import running
from tests.handlers.telegram.building import ready
from tests.handlers.telegram.staff.building import KIM, LEE, Office, told


async def test_replies_and_buttons_of_before_are_understood_after_a_restart(tmp_path: Path) -> None:
    url = f"sqlite+aiosqlite:///{tmp_path}/assistant.db"
    async with Storage.open(url) as storage:
        before = Office(storage)
        async with running(before.door, before.door.polling.run, ready(before.router)):
            await before.asked("수영장 있어요?", "물놀이 되나요?")
            await before.staff(KIM).press_data(before.card(1).message_id, "sd1")
            await before.staff(KIM).press("직접 쓰기")
            prompt = before.last().message_id
            await before.staff(KIM).type("네", reply_to=before.card(2).message_id)
    async with Storage.open(url) as storage:
        after = Office(storage, telegram=before.telegram)
        async with running(after.door, after.door.polling.run, ready(after.router)):
            cards = after.calls("sendMessage")
            await after.work()
            assert after.calls("sendMessage") == cards, "no card is made a second time"
            await after.staff(KIM).press("보내기")
            await after.staff(LEE).type("체육회 담당입니다", reply_to=prompt)
            await after.minutes(2)
            assert (await after.group(1)).standing.reason == "체육회 담당입니다"
            assert told(after.citizen(11))[0].endswith("\n네")


async def test_an_answer_that_was_to_be_sent_is_sent_after_a_restart(tmp_path: Path) -> None:
    url = f"sqlite+aiosqlite:///{tmp_path}/assistant.db"
    async with Storage.open(url) as storage:
        before = Office(storage)
        async with running(before.door, before.door.polling.run, ready(before.router)):
            group = await before.asked("수영장 있어요?")
            await before.staff(KIM).type("네", reply_to=before.card(group).message_id)
            await before.staff(KIM).press("보내기")
    async with Storage.open(url) as storage:
        after = Office(storage, telegram=before.telegram)
        async with running(after.door, after.door.polling.run, ready(after.router)):
            await after.minutes(2)
            await after.minutes(1)
            assert len(told(after.citizen(10))) == 1
            assert "답변함" in after.card(group).text
