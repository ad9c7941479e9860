"""Whatever is wrong with the address of the database: one plain line that says what, without secrets."""

import pytest

from tests.handlers.command_line.small_program import SmallRoot, invoke

_POSTGRESQL = "postgresql+asyncpg://"


@pytest.mark.parametrize(
    ("address", "says"),
    [
        ("mysql://u:HUNTER2@h/n?password=HUNTER2", "DATABASE_URL"),
        (f"{_POSTGRESQL}u@127.0.0.1:9/n?password=HUNTER2", "cannot be reached"),
        (f"{_POSTGRESQL}u:HUNTER2@PW@127.0.0.1:9/n", "cannot be reached"),
        (f"{_POSTGRESQL}u:HUNTER2@:/?#PW@127.0.0.1:9/n", "cannot be reached"),
        (f"{_POSTGRESQL}u:HUNTER2@127.0.0.1:9/n?sslmode=require", "cannot be reached"),
        (f"{_POSTGRESQL}u:HUNTER2@127.0.0.1:9/n?sslmode=HUNTER2", "sslmode"),
        (f"{_POSTGRESQL}u:HUNTER2@127.0.0.1:port/n", "DATABASE_URL"),
        (f"{_POSTGRESQL}u@127.0.0.1:9/n?secret=HUNTER2", "question mark"),
        ("sqlite+aiosqlite:///", "DATABASE_URL"),
        ("sqlite+aiosqlite:////", "database"),
    ],
)
def test_fault_is_one_line_without_secrets(root: SmallRoot, address: str, says: str) -> None:
    result = invoke(root, "--database", address, "questions", "list")
    assert (result.exit_code, result.stdout, len(result.stderr.splitlines())) == (1, "", 1), result.output
    assert says in result.stderr
    for secret in ("HUNTER2", "PW@"):
        assert secret not in result.stderr
