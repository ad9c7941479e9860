import json

import pytest

from handlers.telegram.json_document import read_json


def test_a_document_is_read_as_it_is() -> None:
    value = {"a": [1, ']}\\"[', {"b": None}], "가": "\ud83d"}
    assert read_json(json.dumps(value).encode()) == value


def test_what_is_nested_too_deep_is_null_and_the_rest_is_read() -> None:
    document = b'{"before": "[", "deep": ' + b"[" * 100_000 + b'"]"' + b"]" * 100_000 + b', "after": [1]}'
    value = read_json(document)
    assert (value["before"], value["after"]) == ("[", [1])
    depth, inner = 0, value["deep"]
    while inner is not None:
        depth, inner = depth + 1, inner[0]
    assert depth == 99


def test_a_number_that_is_too_long_is_null() -> None:
    assert read_json(b'{"id": ' + b"1" * 5000 + b', "text": "?"}') == {"id": None, "text": "?"}


def test_bytes_that_are_no_text_are_replaced() -> None:
    assert read_json(b'{"text": "\xff"}') == {"text": "\ufffd"}


@pytest.mark.parametrize("document", [b"", b"<html>", b"[" * 100_000, b'{"a": [' + b"]" * 2000])
def test_what_is_no_json_is_refused(document: bytes) -> None:
    with pytest.raises(ValueError, match=r"."):
        read_json(document)
