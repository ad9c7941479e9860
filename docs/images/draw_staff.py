"""Draws the pictures of `docs/staff.md` anew: python docs/images/draw_staff.py, from the project's folder.

What they show is what the assistant says in a staff group, in a run through its own handlers.
"""  # noqa: INP001

import asyncio
import sys
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from html import escape
from pathlib import Path
from typing import Any

PROJECT = Path(__file__).parents[2]
IMAGES = PROJECT / "docs/images"
SIZE, LINE, PAD, WIDTH = 15, 22, 12, 620
ROW, GAP, RADIUS = 34, 8, 10
FONTS = "'Noto Sans CJK KR', 'Noto Sans KR', 'Malgun Gothic', 'Apple SD Gothic Neo', sans-serif"
PAPER, OURS, THEIRS, BUTTON, INK, NAME = "#dfe7ee", "#ffffff", "#d9f5c9", "#c3d3e2", "#1c1c1c", "#2f6ea5"
Json = dict[str, Any]


def text_width(text: str) -> float:
    """About how wide a text is, in the size that is drawn."""
    return sum(SIZE if unicodedata.east_asian_width(letter) in "WF" else SIZE * 0.56 for letter in text)


def wrapped(text: str, width: float) -> Iterator[str]:
    """The lines of a bubble in which text may be so wide."""
    for paragraph in text.split("\n"):
        line = ""
        for word in paragraph.split(" "):
            longer = f"{line} {word}" if line else word
            if line and text_width(longer) > width:
                yield line
                longer = word
            line = longer
        yield line


class Drawing:
    """Messages below each other, in a column that begins at `left` and is so wide."""

    def __init__(self, width: int = WIDTH, left: int = 0, top: int = 0) -> None:
        self.parts: list[str] = []
        self.height = top + PAD
        self._left = left + PAD
        self._bubble = width - 2 * PAD

    def message(self, message: Json, our_id: int) -> None:
        """One message with its buttons."""
        ours = message["from"]["id"] == our_id
        text = str(message.get("text") or message.get("caption"))
        lines = list(wrapped(text, self._bubble - 2 * PAD))
        height = LINE * (len(lines) + 1) + PAD
        self._box(self._left, self.height, self._bubble, height, OURS if ours else THEIRS)
        self._text(self._left + PAD, self.height + LINE, message["from"]["first_name"], colour=NAME, weight="bold")
        for index, line in enumerate(lines):
            self._text(
                self._left + PAD,
                self.height + LINE * (index + 2),
                line,
                weight="bold" if line.startswith("#") and " · " in line else "",
            )
        self.height += height + GAP // 2
        for row in message.get("reply_markup", {}).get("inline_keyboard", []):
            self._buttons([button["text"] for button in row])
        self.height += GAP

    def svg(self) -> str:
        """The picture."""
        head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {self.height}" width="{WIDTH}">'
        paper = f'<rect width="{WIDTH}" height="{self.height}" fill="{PAPER}"/>'
        style = f'<g font-family="{FONTS}" font-size="{SIZE}">'
        return "\n".join([head, paper, style, *self.parts, "</g>", "</svg>", ""])

    def _buttons(self, labels: Sequence[str]) -> None:
        width = (self._bubble - GAP // 2 * (len(labels) - 1)) / len(labels)
        for index, label in enumerate(labels):
            left = self._left + index * (width + GAP // 2)
            self._box(left, self.height, width, ROW, BUTTON)
            middle = left + width / 2
            self._text(middle, self.height + ROW / 2 + SIZE / 3, label, anchor="middle")
        self.height += ROW + GAP // 2

    def _box(self, left: float, top: float, width: float, height: float, colour: str) -> None:
        place = f'x="{left:.1f}" y="{top:.1f}" width="{width:.1f}" height="{height:.1f}"'
        self.parts.append(f'<rect {place} rx="{RADIUS}" fill="{colour}"/>')

    def _text(
        self, x: float, y: float, text: str, *, colour: str = INK, weight: str = "", anchor: str = "start"
    ) -> None:
        bold = f' font-weight="{weight}"' if weight else ""
        self.parts.append(
            f'<text x="{x:.1f}" y="{y:.1f}" fill="{colour}" text-anchor="{anchor}"{bold}>{escape(text)}</text>'
        )


async def draw() -> None:
    """Plays the steps and draws each."""
    from bot.follow_up.overview.chart import as_png, statistics_chart
    from tests.bot_api.chats import BOT
    from tests.handlers.telegram.staff.building import KIM, Office, an_office

    def picture(office: Office, name: str, *numbers: int) -> None:
        drawing = Drawing()
        for number in numbers:
            drawing.message(office.staff().chat.messages[number], BOT["id"])
        (IMAGES / f"staff-{name}.svg").write_text(drawing.svg(), encoding="utf-8")

    async with an_office() as office:
        office.now = office.now.replace(hour=10, minute=20)
        await office.asked(
            "놀이터에 반려견도 가나요?", "놀이터에 강아지를 데려가도 돼요?", "놀이터에 반려견 동반되나요"
        )
        staff, card = office.staff(KIM), office.card(1).message_id
        picture(office, "card", card)
        answer = await staff.type("네, 목줄을 하면 함께 갈 수 있습니다. 문의: 062-613-1234", reply_to=card)
        preview = office.last().message_id
        picture(office, "preview", answer, preview)
        await staff.press("보내기")
        await office.work()
        picture(office, "sent", preview, card)
        await office.minutes(2)
        await office.minutes(1)
        picture(office, "told", card)
        await office.asked("숙박 되나요?", first_user=30)
        await staff.press("기존 답에 연결")
        picture(office, "link", office.card(4).message_id, office.last().message_id)
        await staff.press("닫기")
        await staff.press("답하지 않기")
        picture(office, "dismiss", office.last().message_id)
        await staff.press("닫기")
        await staff.press("되묻기")
        prompt = office.last().message_id
        asked = await staff.type("며칠 묵으실 예정인가요?", reply_to=prompt)
        picture(office, "ask-back", prompt, asked, office.last().message_id)
        for number in range(8):
            await office.ask(100 + number, f"{'가나다라마바사아'[number]}동 주민센터는 언제 열어요?", told=False)
        await office.work()
        picture(office, "many", office.last().message_id)
        await staff.type("/digest")
        picture(office, "digest", office.last().message_id)
        statistics = await office.follow_up.reports.statistics(30)
        some = replace(statistics, by_day=tuple(_some_days()))
        (IMAGES / "staff-stats.png").write_bytes(as_png(statistics_chart(some, office.group_chat.words)))


def _some_days() -> Iterator[tuple[date, Any]]:
    """Days as an example."""
    from bot.follow_up.overview.reports import Figures

    for number in range(30):
        some = 20 + (number * 7) % 13
        figures = Figures(answered=some, suggested=some // 4, refused=some // 5, answered_by_staff=number % 5)
        yield date(2026, 3, 1) + timedelta(days=number), figures


if __name__ == "__main__":
    sys.path.insert(0, str(PROJECT))
    asyncio.run(draw())
