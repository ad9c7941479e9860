"""Each part of an installation is looked at by using it."""

import asyncio
import shutil
from pathlib import Path
from types import SimpleNamespace

import pytest

from bot.diagnosis import Grade, Sign, diagnose_database, diagnose_disk, diagnose_knowledge, diagnose_port
from bot.storage.storage import Storage
from bot.wording.doctor import doctor_sentences
from knowledge.loading.loader import load_knowledge


async def test_a_database_is_written_to(tmp_path: Path) -> None:
    found = await diagnose_database(Storage.open(f"sqlite+aiosqlite:///{tmp_path / 'a.db'}"))
    assert (found.sign, found.values["open"]) == (Sign.DATABASE, 0)


async def test_a_database_that_is_none(tmp_path: Path) -> None:
    await asyncio.to_thread((tmp_path / "a.db").write_text, "no database at all, but long enough to be looked at")
    found = await diagnose_database(Storage.open(f"sqlite+aiosqlite:///{tmp_path / 'a.db'}"))
    assert found.sign is Sign.DATABASE_ILL
    assert "is not a database" in doctor_sentences("en").line(found)


def test_knowledge_that_is_faulty_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "entries").mkdir()
    (tmp_path / "entries" / "a.yaml").write_text("topic: a\nentries: [{id: x}, {id: y}]\n")
    found = diagnose_knowledge(lambda: load_knowledge(tmp_path))
    assert found.sign is Sign.KNOWLEDGE_ILL
    assert "\n" not in doctor_sentences("ko").line(found)


@pytest.mark.parametrize(("free", "sign"), [(10**10, Sign.DISK), (5 * 10**8, Sign.DISK_LOW), (10**6, Sign.DISK_FULL)])
def test_room_on_the_disk(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, free: int, sign: Sign) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=free))
    assert diagnose_disk(tmp_path / "not" / "made" / "yet").sign is sign


async def test_a_port_that_nobody_uses_and_one_that_another_program_does() -> None:
    async def refuse(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"SSH-2.0-other\r\n")
        writer.close()

    server = await asyncio.start_server(refuse, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    assert (await diagnose_port("127.0.0.1", port)).sign is Sign.PORT_TAKEN
    server.close()
    await server.wait_closed()
    assert (await diagnose_port("127.0.0.1", port)).sign is Sign.PORT_FREE


async def test_a_port_at_which_the_assistant_answers() -> None:
    async def answer(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.0 200 OK\r\n\r\nok")
        writer.close()

    async with await asyncio.start_server(answer, "127.0.0.1", 0) as server:
        port = server.sockets[0].getsockname()[1]
        assert (await diagnose_port("127.0.0.1", port)).sign is Sign.PORT_OURS


@pytest.mark.parametrize("language", ["ko", "en"])
def test_every_sign_has_a_sentence_and_every_part_a_name(language: str) -> None:
    words = doctor_sentences("en" if language == "en" else "ko")
    assert words.signs.keys() == set(Sign)
    assert words.parts.keys() == {sign.part for sign in Sign}
    assert words.grades.keys() == set(Grade)
