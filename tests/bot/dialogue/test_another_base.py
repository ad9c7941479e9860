"""What citizens read of the assistant itself comes from the base: a library's never mentions Gwangju."""

import dataclasses
import re
from datetime import UTC
from pathlib import Path

import pytest

from bot.dialogue.assistant import Assistant, Reply
from bot.dialogue.interpreter import Interpretation
from bot.dialogue.messages import Message
from bot.dialogue.presenter import Presenter
from bot.dialogue.small_talk import Talk
from bot.matcher_process.async_finder import InThread
from bot.wording import sentences
from knowledge.base import LANGUAGES, Language
from knowledge.finding import Finder, Finding, Outcome
from knowledge.loading.loader import load_knowledge
from tests.doubles import FixedMatcher

_ENTRIES = """
topic: opening
entries:
  - {id: hours, question: 몇 시에 열어요?, answer: 9시에 엽니다.}
"""
_ABOUT = """
name: {ko: 무등도서관 안내, en: Mudeung Library assistant}
greeting: {ko: 무등도서관입니다., en: This is Mudeung Library.}
samples: [{ko: 몇 시에 열어요?, en: When do you open?}]
scope: {ko: 대출과 열람, en: borrowing and reading}
basis: {ko: 도서관 이용 안내, en: the library's guide}
places: [{ko: 무등시, en: Mudeung}]
contact: {office: {ko: 안내 데스크, en: desk}, telephone: 000-000-0000}
"""
_OURS = re.compile("광주|gwangju|빛고을|인공지능|AI Hub|집적단지|광주일보", re.IGNORECASE)


@pytest.fixture(params=[_ABOUT, ""], ids=["a library", "nothing said"])
def presenter(tmp_path: Path, request: pytest.FixtureRequest) -> Presenter:
    (tmp_path / "entries").mkdir()
    (tmp_path / "entries" / "opening.yaml").write_text(_ENTRIES, encoding="utf-8")
    if request.param:
        (tmp_path / "about.yaml").write_text(request.param, encoding="utf-8")
    knowledge = load_knowledge(tmp_path)
    return Presenter(Assistant(InThread(knowledge, Finder(FixedMatcher(knowledge, {})))), UTC)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("talk", Talk)
def test_no_service_reply_speaks_of_another_base(presenter: Presenter, talk: Talk, language: Language) -> None:
    said = Interpretation(language, talk=talk)
    _check(presenter.reply(Reply("", said, Finding(Outcome.FALLBACK, language, 0.0))))


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_else_does(presenter: Presenter, language: Language) -> None:
    fallback = Reply("?", Interpretation(language, queries=()), Finding(Outcome.FALLBACK, language, 0.0), number=1)
    for message in (presenter.welcome(language), presenter.help(language), presenter.reply(fallback)):
        _check(message)
    for text in presenter.description(language):
        _check(Message(text))
    assert not _OURS.search(str(dataclasses.asdict(sentences(language))))


@pytest.mark.parametrize("presenter", [_ABOUT], indirect=True)
def test_the_base_says_who_it_is_and_whom_to_ask(presenter: Presenter) -> None:
    assert presenter.welcome("ko").buttons[0].label == "몇 시에 열어요?"
    assert "무등도서관" in presenter.welcome("ko").text
    assert "안내 데스크 000-000-0000" in presenter.help("ko").text


def _check(message: Message) -> None:
    assert message.text.strip()
    assert "{" not in message.text
    assert not _OURS.search(message.text + str([button.label for button in message.buttons]))
