"""The sentences that citizens read are right wherever they are shown: commands are buttons on the chat page."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import fields

import pytest

from bot.wording import sentences
from knowledge.base import Language

_PARTICLE_AFTER_A_COMMAND = re.compile(r"/[a-z]+ ?(?:을|를|이|가|은|는|과|와|로|으로|에|에서|에게)(?![가-힣])")


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for each in value.values():
            yield from _texts(each)
    elif isinstance(value, tuple | list):
        for each in value:
            yield from _texts(each)


def test_no_particle_follows_a_command_that_a_page_shows_by_another_name() -> None:
    words = sentences("ko")
    said = [text for field in fields(words) for text in _texts(getattr(words, field.name))]
    assert any("/help" in text for text in said)
    assert [text for text in said if _PARTICLE_AFTER_A_COMMAND.search(text)] == []


@pytest.mark.parametrize("language", ["ko", "en"])
def test_only_where_telegram_carries_the_messages_it_is_called_a_foreign_service(language: Language) -> None:
    words = sentences(language)
    name = "텔레그램" if language == "ko" else "Telegram"
    assert name in words.privacy_carriers["telegram"]
    assert name not in words.privacy + words.privacy_kept_here
