import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.handlers.telegram.building import World, a_world


@pytest.mark.parametrize(
    "text",
    [
        "가" * 4096,
        "<b>&\"'</b><script>",
        "**굵게** [링크](http://x)",
        "\u202e거꾸로\u202c 예산?",
        "예산\x00\x07\x1b[31m?",
        unicodedata.normalize("NFD", "예산이 얼마예요?"),
        "half \ud83d of a pair",
        "\u200d\ufe0f예산\u200b",
        "'; DROP TABLE questions; --",
        "%s {0} {question} $HOME",
        "@everyone /start https://example.org",
    ],
)
async def test_every_text_gets_one_reply(world: World, text: str) -> None:
    citizen = world.citizen()
    number = await citizen.type(text)
    assert [seen.replies_to for seen in citizen.screen() if not seen.own] == [number]


async def test_no_control_characters_or_half_pairs_reach_the_assistant(world: World) -> None:
    citizen = world.citizen()
    await citizen.type("예산\ud83d은\x07?")
    assert world.matcher.asked == ["예산\ufffd은 ?"]


@settings(max_examples=25)
@given(st.text(st.characters(codec=None), min_size=1, max_size=50))
async def test_any_text_at_all(text: str) -> None:
    async with a_world() as world:
        citizen = world.citizen()
        number = await citizen.type(text)
        assert [seen.replies_to for seen in citizen.screen() if not seen.own] == ([number] if number else [])
