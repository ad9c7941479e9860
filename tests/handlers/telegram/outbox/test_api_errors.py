import pytest
from telegram.error import (
    BadRequest,
    ChatMigrated,
    EndPointNotFound,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)

from handlers.telegram.outbox.api_errors import is_answer, is_doubtful, reason, short
from handlers.telegram.outbox.client import NotConnectedError, NotConnectedInTimeError

DOUBTFUL = [
    TimedOut(),
    NetworkError("aiohttp.ServerDisconnectedError"),
    NetworkError("Bad Gateway"),
    NetworkError("Gateway Timeout (504). Parsing the server response b'' failed"),
    TelegramError("Invalid server response"),
]
WITHOUT_EFFECT = [
    NotConnectedError("aiohttp.ClientConnectorError"),
    NotConnectedInTimeError(),
    NetworkError("Internal Server Error"),
    NetworkError("Service Unavailable (503)"),
    NetworkError("Too Many Requests (429)"),
    BadRequest("Message is too long"),
    Forbidden("Forbidden: bot was blocked by the user"),
    RetryAfter(3),
    ChatMigrated(-1001),
    InvalidToken(),
    EndPointNotFound("sendMessage"),
]


@pytest.mark.parametrize("error", DOUBTFUL, ids=repr)
def test_what_may_have_had_an_effect_is_doubtful(error: TelegramError) -> None:
    assert is_doubtful(error)
    assert not is_answer(error)


@pytest.mark.parametrize("error", WITHOUT_EFFECT, ids=repr)
def test_what_certainly_had_no_effect_is_not(error: TelegramError) -> None:
    assert not is_doubtful(error)


def test_an_unknown_reason_is_told_in_telegrams_words() -> None:
    assert reason(BadRequest("Message is too long")) == "Message is too long"
    assert short("Message is too long") == "refused"
    assert short("blocked") == "blocked"


def test_what_is_quoted_in_a_reason_is_left_out() -> None:
    assert reason(BadRequest('Unexpected end tag "홍길동" at byte 5')) == 'Unexpected end tag "…" at byte 5'


def test_a_reason_has_an_end() -> None:
    assert len(reason(BadRequest("x" * 5000))) == 200
