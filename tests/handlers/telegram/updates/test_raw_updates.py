import json
from typing import Any

import pytest

from handlers.telegram.updates.raw_updates import chat_of, key_of, private_message_id, received, sent_at

MESSAGE: dict[str, Any] = {
    "message_id": 5,
    "from": {
        "id": 7,
        "is_bot": False,
        "first_name": "길동",
        "last_name": "홍",
        "username": "hong",
        "language_code": "ko",
    },
    "chat": {"id": 7, "type": "private", "first_name": "길동", "username": "hong"},
    "date": 1_800_000_000,
    "text": "제 번호는 010-1234-5678 이고 예산이 얼마예요?",
    "entities": [{"type": "bold", "offset": 24, "length": 3}],
}
UPDATE: dict[str, Any] = {"update_id": 10, "message": MESSAGE}
PRESS: dict[str, Any] = {
    "update_id": 11,
    "callback_query": {
        "id": "4382912345678901234",
        "from": MESSAGE["from"],
        "message": MESSAGE,
        "chat_instance": "-3788123456789012345",
        "data": "nk1234567890123",
    },
}


def test_personal_numbers_are_masked_in_place() -> None:
    stored = json.loads(received(UPDATE).body)
    assert "010-1234-5678" not in received(UPDATE).body
    assert len(stored["message"]["text"]) == len(MESSAGE["text"])
    assert stored["message"]["text"][24:27] == MESSAGE["text"][24:27]
    assert stored["message"]["entities"] == MESSAGE["entities"]


def test_numbers_in_any_string_are_masked() -> None:
    odd = {"update_id": 1, "message": {"chat": {"id": 7, "title": "문의 010-1234-5678"}, "x": [["010 1234 5678"]]}}
    assert "5678" not in received(odd).body


def test_names_are_left_out() -> None:
    body = received(UPDATE).body
    assert "hong" not in body
    assert json.loads(body)["message"]["from"] == {"id": 7, "is_bot": False, "first_name": "", "language_code": "ko"}


def test_what_staff_write_stays_as_it_is() -> None:
    assert json.loads(received(UPDATE, of_staff=True).body) == UPDATE


def test_what_machines_gave_comes_back_as_it_is() -> None:
    stored = json.loads(received(PRESS).body)["callback_query"]
    assert [stored[name] for name in ("id", "chat_instance", "data")] == [
        PRESS["callback_query"][name] for name in ("id", "chat_instance", "data")
    ]


def test_a_key_is_the_same_for_a_second_delivery_and_another_for_another_update() -> None:
    assert key_of(UPDATE) == key_of(json.loads(json.dumps(UPDATE)))
    others = [
        UPDATE | {"update_id": 11},
        UPDATE | {"message": MESSAGE | {"message_id": 6}},
        UPDATE | {"message": MESSAGE | {"date": 1}},
        {"update_id": 10, "edited_message": MESSAGE | {"edit_date": 3}},
        PRESS,
        PRESS | {"callback_query": PRESS["callback_query"] | {"id": "1"}},
    ]
    assert len({key_of(update) for update in [UPDATE, *others]}) == len(others) + 1


def test_an_update_belongs_to_its_chat() -> None:
    assert (chat_of(UPDATE), chat_of(PRESS), sent_at(UPDATE)) == (7, 7, 1_800_000_000)
    assert private_message_id(UPDATE) == 5
    assert private_message_id({"update_id": 1, "message": MESSAGE | {"chat": {"id": -100, "type": "supergroup"}}}) == 0


@pytest.mark.parametrize(
    "odd",
    [
        {},
        {"update_id": None},
        {"update_id": 1, "message": None},
        {"update_id": 1, "message": []},
        {"update_id": 1, "message": {"chat": {"id": 10**400}, "message_id": "x", "date": "x"}},
        {"update_id": 1, "message": {"chat": {"id": True}, "text": "\ud83d"}},
        {"update_id": 10**400, "from_the_future": {"x": 1}},
        {"update_id": 1, "callback_query": {"message": "gone", "from": 7}},
    ],
)
def test_whatever_comes_can_be_stored(odd: dict[str, Any]) -> None:
    stored = received(odd)
    assert json.loads(stored.body).keys() == odd.keys()
    assert abs(stored.chat) < 2**63
    stored.key.encode()
