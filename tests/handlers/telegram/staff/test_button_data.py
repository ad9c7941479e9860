"""What buttons of the staff group carry."""

import pytest

from bot.dialogue.messages import decode_action
from handlers.telegram.staff.markup import ButtonData, Verb, decode, encode

LARGEST = 2**63 - 1


@pytest.mark.parametrize("verb", list(Verb))
@pytest.mark.parametrize(("number", "more"), [(0, ""), (12, ""), (LARGEST, "a" * 48), (1, "0")])
def test_every_button_comes_back_as_it_was(verb: Verb, number: int, more: str) -> None:
    data = encode(verb, number, more)
    assert len(data.encode()) <= 64
    assert decode(data) == ButtonData(verb, number, more)
    assert decode_action(data) is None


@pytest.mark.parametrize(
    "data", ["", "s", "st", "sA1", "sT1", "st-1", "st1:", "st1:한글", "st" + "z" * 14, "sk1:A", "st1\n", "ck1:budget"]
)
def test_what_no_button_carries_is_not_read(data: str) -> None:
    assert decode(data) is None


def test_numbers_are_read_only_where_they_can_be_counted() -> None:
    assert decode(encode(Verb.LINK, 1, 3)) == ButtonData(Verb.LINK, 1, "3")
    assert ButtonData(Verb.LINK, 1, "3").count == 3
    assert ButtonData(Verb.LINK, 1, "budget").count == 0
    assert ButtonData(Verb.LINK, 1, "9" * 40).count == 0
