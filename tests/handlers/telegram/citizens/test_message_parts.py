import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.dialogue.messages import Button, Message, ShowTopics, Vote
from handlers.telegram.citizens import MOST_LABEL_CHARACTERS, MOST_UNITS, keyboard, label, render
from tests.bot_api.arguments import Arguments
from tests.bot_api.html_reading import units
from tests.bot_api.texts import text_of

messy = st.text(st.characters(codec=None), max_size=60) | st.sampled_from(
    ["**", "<b>", "&amp;", "</b>", "\n\n", "😀" * 9]
)
texts = st.builds(lambda parts, times: "".join(parts) * times, st.lists(messy, max_size=12), st.integers(1, 40))


@settings(max_examples=150)
@given(texts)
def test_telegram_takes_every_part(text: str) -> None:
    parts = render(text)
    for part in parts:
        marked = text_of(Arguments({"text": part.html, "parse_mode": "HTML"}))
        assert marked["text"].strip() == text_of(Arguments({"text": part.plain}))["text"].strip()
        assert units(part.plain) <= MOST_UNITS


@settings(max_examples=50)
@given(
    st.text(st.characters(exclude_characters="*", exclude_categories=["Cs", "Cc", "Zs", "Zl", "Zp", "Cf"]), min_size=1)
)
def test_nothing_is_lost_on_the_way(text: str) -> None:
    long = text * 500
    assert "".join(part.plain for part in render(long)) == long


def test_bold_is_the_only_markup() -> None:
    (part,) = render('**<i>** & **"** _a_ **')
    assert part.html == '<b>&lt;i&gt;</b> &amp; <b>"</b> _a_ **'
    assert part.plain == '<i> & " _a_ **'


def test_bold_goes_on_after_a_break() -> None:
    first, second = render(f"**{'가' * 4100}**")
    assert first.html == f"<b>{'가' * 4096}</b>"
    assert second.html == f"<b>{'가' * 4}</b>"


def test_pairs_of_units_stay_together() -> None:
    first, second = render("a" + "😀" * 2048)
    assert first.plain == "a" + "😀" * 2047
    assert second.plain == "😀"


def test_breaks_between_paragraphs_where_there_are_some() -> None:
    first, second = render(f"{'가' * 3000}\n\n{'나' * 3000}")
    assert first.plain == "가" * 3000 + "\n\n"
    assert second.plain == "나" * 3000


@pytest.mark.parametrize("text", ["", " ", "\n\u200b", "\x00\x01"])
def test_what_looks_empty_is_never_sent(text: str) -> None:
    assert [part.plain for part in render(text)] == ["…"]


@given(st.text(st.characters(codec=None)))
def test_every_label_fits_a_button(text: str) -> None:
    shown = label(text)
    assert 0 < len(shown) <= MOST_LABEL_CHARACTERS
    assert "\n" not in shown
    assert shown.encode()


def test_buttons_stand_one_a_row_and_verdicts_share_one() -> None:
    verdict = (Button("네", Vote("a", helpful=True)), Button("아니요", Vote("a", helpful=False)))
    markup = keyboard(Message("?", (Button("하나", ShowTopics()), Button("둘", ShowTopics())), verdict), "ko")
    assert markup
    assert [[button.text for button in row] for row in markup.inline_keyboard] == [["하나"], ["둘"], ["네", "아니요"]]
    assert keyboard(Message("?"), "ko") is None
