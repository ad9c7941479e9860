"""What people write to each other in the staff group is nobody's business: no byte of it is written down."""

from pathlib import Path
from typing import Any

import pytest

from tests.handlers.telegram.staff.building import KIM, NAMES, STAFF, Office

WORD = "비밀회식장소"
_PERSON = {"id": KIM, "is_bot": False, "first_name": NAMES[KIM], "username": "chatter_name"}
_OTHER = {"id": 903, "is_bot": False, "first_name": WORD}
_MESSAGE: dict[str, Any] = {
    "message_id": 70,
    "date": 1_790_000_000,
    "chat": {"id": STAFF, "type": "supergroup", "title": "담당자"},
    "from": _PERSON,
}
_CHATTER = {
    "text": {"text": f"오늘 {WORD} 아시는 분"},
    "caption": {"caption": WORD, "photo": [{"file_id": WORD, "file_unique_id": "b", "width": 1, "height": 1}]},
    "contact": {"contact": {"phone_number": "+82 10-2345-6789", "first_name": WORD}},
    "signature": {"text": "네", "author_signature": WORD},
    "forwarded": {"text": "네", "forward_origin": {"type": "user", "date": 1_790_000_000, "sender_user": _OTHER}},
    "reply to a colleague": {"text": "네", "reply_to_message": _MESSAGE | {"from": _OTHER, "text": WORD}},
    "in a topic of a colleague's": {
        "text": f"오늘 {WORD} 아시는 분",
        "is_topic_message": True,
        "message_thread_id": 60,
        "reply_to_message": _MESSAGE | {"message_id": 60, "forum_topic_created": {"name": WORD, "icon_color": 0}},
    },
    "document": {"document": {"file_id": "a", "file_unique_id": "b", "file_name": f"{WORD}.hwp"}},
    "member": {"new_chat_members": [_OTHER]},
}


def _bytes_of(office: Office) -> bytes:
    """All that stands in the folder of the database, its write-ahead log included."""
    assert office.storage.file
    return b"".join(path.read_bytes() for path in Path(office.storage.file).parent.iterdir() if path.is_file())


@pytest.mark.parametrize("kind", ["message", "edited_message"])
@pytest.mark.parametrize("content", _CHATTER.values(), ids=_CHATTER)
async def test_no_byte_of_chatter_is_written(office: Office, content: dict[str, Any], kind: str) -> None:
    edited = {"edit_date": 1_790_000_001} if kind == "edited_message" else {}
    office.telegram.push(kind, _MESSAGE | edited | content)
    await office.settled()
    written = _bytes_of(office)
    for word in (WORD, "2345-6789", "chatter_name", NAMES[KIM]):
        assert word.encode() not in written
        assert word.encode("unicode_escape") not in written


async def test_what_is_written_to_the_assistant_is_taken_all_the_same(office: Office) -> None:
    group = await office.asked("숙박 되나요?")
    await office.staff().type("네, 됩니다.", reply_to=office.card(group).message_id)
    assert "네, 됩니다." in office.last().text


async def test_what_a_citizen_sends_on_is_taken_without_whom_it_is_from(office: Office) -> None:
    private = _MESSAGE | {"chat": {"id": KIM, "type": "private"}, "text": "숙박 되나요?"}
    origin = {"type": "user", "date": 1_790_000_000, "sender_user": _OTHER}
    office.telegram.push("message", private | {"forward_origin": origin, "author_signature": WORD})
    await office.settled()
    written = _bytes_of(office)
    assert "숙박".encode("unicode_escape") in written or "숙박".encode() in written
    assert WORD.encode() not in written
    assert WORD.encode("unicode_escape") not in written
