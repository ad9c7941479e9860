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


GROUP = {"id": -100_5, "type": "supergroup", "title": "상황실"}
CHATTER = MESSAGE | {"chat": GROUP, "text": "김 주무관 이혼했대요", "from": MESSAGE["from"]}
OWN = MESSAGE | {
    "chat": GROUP,
    "message_id": 4,
    "from": {"id": 1, "is_bot": True, "first_name": "안내"},
    "text": "카드 1",
}
UNREAD = {
    "contact": {"phone_number": "+82 10-1234-5678", "first_name": "영희", "vcard": "BEGIN:VCARD 영희"},
    "author_signature": "박서명",
    "forward_origin": {"type": "user", "date": 1, "sender_user": {"id": 9, "is_bot": False, "first_name": "전달자"}},
    "forward_sender_name": "전달자",
    "document": {"file_id": "a", "file_unique_id": "b", "file_name": "홍길동 이력서.hwp"},
    "reply_to_message": CHATTER | {"text": "남의 말"},
    "venue": {"location": {"latitude": 35.1, "longitude": 126.8}, "title": "우리집", "address": "첨단로 1"},
}


@pytest.mark.parametrize("of_staff", [True, False])
@pytest.mark.parametrize("kind", ["message", "edited_message", "channel_post"])
def test_of_chatter_that_nobody_asked_for_only_the_place_is_stored(kind: str, *, of_staff: bool) -> None:
    body = received({"update_id": 1, kind: CHATTER | UNREAD}, of_staff=of_staff, own_name="hub_bot").body
    assert set(json.loads(body)[kind]) == {"message_id", "date", "chat", "from"}
    assert json.loads(body)[kind]["from"] == {"id": 7, "type": None, "is_bot": False, "first_name": ""}


@pytest.mark.parametrize(
    "asked",
    [
        {"text": "/open"},
        {"text": "이거 @Hub_Bot 답해 줘", "entities": [{"type": "mention", "offset": 3, "length": 8}]},
        {"text": "62 지방비는 시비입니다", "reply_to_message": OWN},
        {"text": "주제 안에서", "is_topic_message": True, "message_thread_id": 3},
    ],
)
def test_what_staff_write_to_the_assistant_is_stored_whole(asked: dict[str, Any]) -> None:
    update = {"update_id": 1, "message": CHATTER | asked}
    assert json.loads(received(update, of_staff=True, own_name="hub_bot").body) == update


@pytest.mark.parametrize("of_staff", [True, False])
def test_contacts_signatures_and_forwarders_are_not_stored(*, of_staff: bool) -> None:
    private = {"update_id": 1, "message": MESSAGE | UNREAD}
    body = json.loads(received(private, of_staff=of_staff).body)["message"]
    written = json.dumps(body, ensure_ascii=False)
    assert not [
        word for word in ("영희", "박서명", "전달자", "이력서", "남의 말", "우리집", "VCARD") if word in written
    ]
    assert body["reply_to_message"]["message_id"] == MESSAGE["message_id"]


def test_a_change_of_members_is_stored_as_it_is() -> None:
    member = {"user": {"id": 1, "is_bot": True, "first_name": "안내"}, "status": "member"}
    change = {"chat": GROUP, "from": MESSAGE["from"], "date": 1, "old_chat_member": member, "new_chat_member": member}
    assert (
        json.loads(received({"update_id": 1, "my_chat_member": change}, of_staff=True).body)["my_chat_member"] == change
    )
