import io
from collections.abc import Awaitable, Callable, Sequence

import pytest
from rich.cells import cell_len
from rich.console import Console

from bot.dialogue.messages import TellMe
from handlers.command_line.chat import ShownButton, ShownMessage, TerminalConversation, chat
from tests.bot.dialogue.chat import a_chat


class Scripted:
    """Says back what it hears, and offers a button for it."""

    def __init__(self) -> None:
        self.heard: list[str] = []

    async def say(self, text: str) -> list[ShownMessage]:
        self.heard.append(text)
        buttons = () if text == "/start" else (ShownButton("하나", 1, TellMe(1)), ShownButton("[bold]둘", 1, TellMe(2)))
        return [ShownMessage(f"들은 말: {text[:50]}", buttons)]

    async def press(self, button: ShownButton) -> list[ShownMessage]:
        self.heard.append(f"<{button.label}>")
        return [ShownMessage(f"누른 것: {button.label}", edited=True)]


def lines(*typed: str) -> Callable[[], Awaitable[str | None]]:
    rest = iter(typed)

    async def read() -> str | None:
        return next(rest, None)

    return read


async def talk(typed: Sequence[str], width: int = 80) -> tuple[list[str], str]:
    conversation = Scripted()
    console = Console(file=io.StringIO(), width=width, color_system=None)
    await chat(conversation, console, lines(*typed))
    assert isinstance(console.file, io.StringIO)
    return conversation.heard, console.file.getvalue()


async def test_begins_with_the_introduction_and_ends_with_the_input() -> None:
    heard, shown = await talk([])
    assert heard == ["/start"]
    assert "안녕히 가세요." in shown


@pytest.mark.parametrize("ending", ["exit", "EXIT ", "/끝", " 끝"])
async def test_a_word_ends_it(ending: str) -> None:
    heard, _ = await talk(["예산?", ending, "더 있어요?"])
    assert heard == ["/start", "예산?"]


async def test_a_number_presses_its_button() -> None:
    heard, shown = await talk(["예산?", "2", "2"])
    assert heard == ["/start", "예산?", "<[bold]둘>", "2"], "after an edit without buttons, a number is a text"
    assert "2. [bold]둘" in shown


async def test_a_number_without_a_button_says_how_many_there_are() -> None:
    heard, shown = await talk(["예산?", "3", "0"])
    assert heard == ["/start", "예산?"]
    assert shown.count("1부터 2까지") == 2


async def test_a_year_is_a_question() -> None:
    heard, _ = await talk(["예산?", "2020"])
    assert heard[-1] == "2020"


async def test_empty_lines_are_nothing() -> None:
    heard, _ = await talk(["", "  ", "\t"])
    assert heard == ["/start"]


@pytest.mark.parametrize("typed", ["가" * 20_000, "\x1b[31m빨강", "\ud800", "[red]x[/]", "a" * 500, "😀" * 60])
async def test_any_text_fits_a_narrow_terminal(typed: str) -> None:
    _, shown = await talk([typed], width=40)
    assert all(cell_len(line) <= 40 for line in shown.splitlines())
    assert "\x1b" not in shown
    assert shown.encode()


async def test_a_conversation_goes_through_the_dialogue() -> None:
    async with a_chat() as citizen:
        conversation = TerminalConversation(citizen.dialogue, citizen.storage.unit, "ko")
        (answer,) = await conversation.say("예산이 얼마예요?")
        assert answer.text.startswith("4,116억 원입니다")
        unhelpful = next(button for button in answer.buttons if button.label == "안 됐어요")
        notice, without_verdict, prompt = await conversation.press(unhelpful)
        assert (notice.text, notice.buttons) == ("의견 고맙습니다.", ())
        assert without_verdict.edited
        assert [button.label for button in without_verdict.buttons] == ["언제까지 하나요?"]
        assert "무엇이 부족했나요?" in prompt.text
        (passed_on,) = await conversation.say("민간 투자도 들어 있나요?")
        assert "담당자에게 전했습니다" in passed_on.text
        (fallback,) = await conversation.say("날씨 어때요?")
        emptied, receipt = await conversation.press(fallback.buttons[0])
        assert emptied.edited
        assert "접수번호는" in receipt.text
        assert [str(state) for state in await citizen.states()] == ["open", "open"]
