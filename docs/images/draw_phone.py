"""Draws `phone.svg` for the README anew: python docs/images/draw_phone.py, from the project's folder.

It shows what the assistant says in a run through its own handlers, on the knowledge base of the project.
"""  # noqa: INP001

import asyncio
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from draw_staff import BUTTON, FONTS, GAP, IMAGES, INK, PAPER, PROJECT, SIZE, Drawing, Json

PHONE, DESK, BETWEEN, FRAME = 400, 470, 70, 14
HEAD = 44
NAME = "인공지능 중심도시 광주 안내"
QUESTION = "데이터센터 문 열었어요?"
ANSWER = "(예시) 네, 문을 열었습니다. 견학은 미리 신청해 주세요."


async def draw() -> None:
    """Plays the steps and draws them: the citizen's telephone, and beside it what staff see."""
    from bot.storage.storage import Storage
    from handlers.telegram.lifecycle import running
    from knowledge.finding import Limits
    from knowledge.opening import open_finder
    from tests.bot_api.chats import BOT
    from tests.handlers.telegram import building as world
    from tests.handlers.telegram.building import ready
    from tests.handlers.telegram.staff import building
    from tests.handlers.telegram.staff.building import KIM, Office

    knowledge, finder = open_finder(PROJECT / "knowledge", Limits())
    for module in (world, building):
        vars(module).update(KNOWLEDGE=knowledge, WITH_CONTACT=knowledge, Finder=lambda _: finder)
    with TemporaryDirectory() as folder:
        async with Storage.open(f"sqlite+aiosqlite:///{folder}/assistant.db") as storage:
            office = Office(storage)
            async with running(office.door, office.door.polling.run, ready(office.router)):
                office.now = office.now.replace(hour=10, minute=20)
                citizen = await office.ask(10, QUESTION, told=False)
                asked = [dict(message) for message in citizen.chat.messages.values()]
                await citizen.press("답변이 나오면 알려 주세요")
                await office.work()
                card = office.card(1).message_id
                shown = dict(office.staff(KIM).chat.messages[card])
                answered = await office.staff(KIM).type(ANSWER, reply_to=card)
                await office.staff(KIM).press("보내기")
                await office.minutes(2)
                await office.minutes(1)
                desk = [shown, office.staff(KIM).chat.messages[answered]]
                later = list(citizen.chat.messages.values())[len(asked) :]
                asked[0]["from"] = {**asked[0]["from"], "first_name": "시민"}
                _write([*asked, *later], desk, BOT["id"])


def _write(on_the_phone: list[Json], at_the_desk: list[Json], our_id: int) -> None:
    phone = Drawing(PHONE, FRAME, FRAME + HEAD)
    for message in on_the_phone:
        phone.message(message, our_id)
    height = phone.height + 2 * FRAME
    desk = Drawing(DESK, PHONE + 2 * FRAME + BETWEEN, height // 3)
    for message in at_the_desk:
        desk.message(message, our_id)
    left, width = PHONE + 2 * FRAME, PHONE + 2 * FRAME + BETWEEN + DESK
    to_staff, back = height // 3 + 60, desk.height - 50
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}">',
        "<title>A question, what is known of 2020, and the answer of staff that arrives</title>",
        f'<g font-family="{FONTS}" font-size="{SIZE}">',
        f'<rect width="{left}" height="{height}" rx="36" fill="#22272e"/>',
        f'<rect x="{FRAME}" y="{FRAME}" width="{PHONE}" height="{height - 2 * FRAME}" rx="24" fill="{PAPER}"/>',
        f'<text x="{left / 2}" y="{FRAME + 28}" text-anchor="middle" font-weight="bold" fill="{INK}">{NAME}</text>',
        _panel(left + BETWEEN, height // 3 - 40, desk.height - height // 3 + 40),
        *phone.parts,
        *desk.parts,
        _arrow(left + GAP, to_staff, left + BETWEEN - GAP),
        _arrow(left + BETWEEN - GAP, back, left + GAP),
        "</g>",
        "</svg>",
        "",
    ]
    (IMAGES / "phone.svg").write_text("\n".join(parts), encoding="utf-8")


def _panel(left: int, top: int, height: int) -> str:
    heading = f'<text x="{left + 16}" y="{top + 28}" font-weight="bold" fill="{INK}">담당자 그룹</text>'
    return f'<rect x="{left}" y="{top}" width="{DESK}" height="{height}" rx="14" fill="{PAPER}"/>{heading}'


def _arrow(start: int, y: int, end: int) -> str:
    back = 12 if start < end else -12
    head = f"{end},{y} {end - back},{y - 7} {end - back},{y + 7}"
    line = f'<line x1="{start}" y1="{y}" x2="{end - back}" y2="{y}" stroke="{BUTTON}" stroke-width="4"/>'
    return f'{line}<polygon points="{head}" fill="{BUTTON}"/>'


if __name__ == "__main__":
    sys.path[:0] = [str(PROJECT), str(Path(__file__).parent)]
    asyncio.run(draw())
