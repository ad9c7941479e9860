"""The way of one instance to Telegram, which can be cut or hang while the others have theirs."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress


class Wire:
    """Carries connections to a port of this machine. Use `wire_to`."""

    def __init__(self, target: int) -> None:
        self._target = target
        self._carries = asyncio.Event()
        self._carries.set()
        self._is_cut = False
        self._ends: set[asyncio.StreamWriter] = set()

    def cut(self) -> None:
        """Breaks every connection, and each new one at once."""
        self._is_cut = True
        for end in self._ends:
            end.transport.abort()

    def hang(self) -> None:
        """Takes connections, and carries nothing."""
        self._carries.clear()

    def mend(self) -> None:
        """Carries again; what hung arrives late, unless whoever sent it has discarded it."""
        self._is_cut = False
        self._carries.set()

    async def carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Carries one connection until either end closes it."""
        if self._is_cut:
            writer.transport.abort()
            return
        with suppress(OSError):
            there_reader, there_writer = await asyncio.open_connection("127.0.0.1", self._target)
            ends = {writer, there_writer}
            self._ends |= ends
            await asyncio.gather(self._pump(reader, there_writer), self._pump(there_reader, writer))
            self._ends -= ends

    async def _pump(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while data := await reader.read(1 << 16):
                await self._carries.wait()
                if broken := reader.exception():
                    raise broken  # what the system of the sender still had is gone
                writer.write(data)
                await writer.drain()
        except OSError:
            writer.transport.abort()
        finally:
            writer.close()


@asynccontextmanager
async def wire_to(port: int) -> AsyncIterator[tuple[Wire, int]]:
    """A wire while the block lasts, and the port at which it begins."""
    wire = Wire(port)
    server = await asyncio.start_server(wire.carry, "127.0.0.1", 0)
    try:
        yield wire, server.sockets[0].getsockname()[1]
    finally:
        wire.mend()
        wire.cut()
        server.close()
