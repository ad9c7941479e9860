import pytest

from bot.dialogue.interpreter import Interpretation
from bot.dialogue.memory import Offer, chosen_of, read_offer, write_offer
from bot.dialogue.small_talk import Talk


@pytest.mark.parametrize(
    "offer", [Offer(3, ("a", "b")), Offer(0, ("a",)), Offer(3, ("a", "b"), likely="c"), Offer(3, (), likely="c")]
)
def test_offer_is_remembered(offer: Offer) -> None:
    assert read_offer(write_offer(offer, "주차?"), "주차?") == offer


def test_offer_made_to_another_question_is_over() -> None:
    assert read_offer(write_offer(Offer(3, ("a",)), "주차?"), "버스?") is None


@pytest.mark.parametrize(
    ("offer", "yes", "first"),
    [
        (Offer(3, ("a", "b")), None, "a"),
        (Offer(3, ("a",)), "a", "a"),
        (Offer(3, ("a", "b"), likely="c"), "c", "a"),
        (Offer(3, (), likely="c"), "c", None),
    ],
)
def test_yes_means_the_likely_one_and_numbers_mean_the_buttons(
    offer: Offer, yes: str | None, first: str | None
) -> None:
    assert chosen_of(Interpretation("ko", talk=Talk.YES), offer) == yes
    assert chosen_of(Interpretation("ko", talk=Talk.CHOICE, chosen=1), offer) == first
