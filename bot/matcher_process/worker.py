"""The child process: loads a knowledge base, then answers the requests that come through a pipe one after the other.

It ends by itself when that pipe is closed, however busy it is, so that it never outlives the process it serves. This
program begins as a server, which loads what no entry changes, and forks a child whenever it is told to.
"""

import ctypes
import faulthandler
import gc
import logging
import os
import select
import signal
import sys
import traceback
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from importlib import import_module
from io import BytesIO
from socket import MSG_WAITALL, recv_fds, socket
from threading import Thread
from typing import BinaryIO, NoReturn
from warnings import catch_warnings

from bot.logs import of_this_process, set_up_logs_of_child
from bot.matcher_process.async_finder import Opened
from bot.matcher_process.protocol import (
    HEAD,
    Answered,
    Begin,
    Codec,
    Command,
    Failed,
    Loaded,
    NotLoaded,
    Prepare,
    Request,
    place_of,
    read_body_now,
)

_PATIENT = 5
"""How much less of the processor a process gets that nobody waits for."""
_IDLE = 2.0
"""Seconds without a command, after which there is time to load more."""
_OVER = object()


def work(load: Callable[[], Opened], requests: BinaryIO, answers: BinaryIO) -> None:
    """Loads, says so, and answers requests until no more will come."""
    try:
        opened = load()
    except Exception as error:  # noqa: BLE001  # whatever it is, the other process has to know
        _send(answers, Codec().frame(NotLoaded.because(error)))
        return
    # Practice questions are for the matcher alone; without them half as much has to be sent.
    _send(answers, Codec().frame(Loaded(replace(opened.knowledge, practice=()))))
    if opened.keep:
        _in_another_process(opened.keep, (requests, answers))
        opened = replace(opened, keep=None)  # it holds what only the next time needs
        _give_memory_back()
    codec = Codec(opened.knowledge)
    while body := read_body_now(requests):
        _send(answers, _answer(codec, opened, codec.message(body)))


def _in_another_process(keep: Callable[[], None], pipes: Iterable[BinaryIO]) -> None:
    """Has a process keep what was made, which would take a second in which no question is answered."""
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits for it
    with suppress(OSError):  # where there can be none, the next start takes longer
        with catch_warnings(action="ignore"):  # of threads: all that they do is wait, and nothing of theirs is used
            child = os.fork()
        if child:
            return
        try:
            for pipe in pipes:
                os.close(pipe.fileno())  # their ends tell that this process has ended, and not that one
            os.nice(_PATIENT)
            set_up_logs_of_child(of_this_process())  # the thread that writes them is not in a forked process
            keep()
            logging.shutdown()
        finally:
            os._exit(0)


def _give_memory_back() -> None:
    """Gives the system what was needed only to load: the allocator would hold it for as long as this process lives."""
    with suppress(OSError, AttributeError):  # other systems' libraries have no such function
        ctypes.CDLL(None).malloc_trim(0)


def _answer(codec: Codec, opened: Opened, request: Request) -> bytes:
    try:
        answer = request.method(opened, *request.arguments, **request.named)
        return codec.frame(Answered(request.number, answer))
    except Exception as error:  # noqa: BLE001  # one request that fails must not end the others
        return codec.frame(Failed(request.number, place_of(error)))


def _send(answers: BinaryIO, frame: bytes) -> None:
    answers.write(frame)
    answers.flush()


def _end_with(requests: BinaryIO) -> None:
    """Ends this process when the other end of the pipe is closed, whatever the main thread is at."""
    poll = select.poll()
    poll.register(requests, 0)  # no data is waited for, so that only the end wakes it
    poll.poll()
    os._exit(0)


def _begin(requests: BinaryIO, answers: BinaryIO) -> None:
    first = read_body_now(requests)
    if first is None:
        return
    begin: Begin = Codec().message(first)
    set_up_logs_of_child(begin.log)

    def load() -> Opened:
        opened = begin.opening.open(begin.folder)
        gc.freeze()
        gc.enable()
        return opened

    with suppress(BrokenPipeError):  # the other process has gone
        work(load, requests, answers)


def _be_child(requests: BinaryIO, answers: BinaryIO) -> NoReturn:
    """Is a child until its end."""
    try:
        Thread(target=_end_with, args=(requests,), daemon=True).start()
        _begin(requests, answers)
        logging.shutdown()
        os._exit(0)  # the thread that reads must not be waited for
    except BaseException:  # noqa: BLE001  # it must not come back as a second server
        traceback.print_exc()
        os._exit(1)


class _Forking:
    """Loads ahead, and forks a child whenever it is told to."""

    def __init__(self, line: socket) -> None:
        self._line = line
        self._left: Iterator[None] | None = None
        """Steps of the preparation that wait until there is time."""

    def run(self) -> None:
        """Obeys until the other end is closed."""
        while True:
            readable, _, _ = select.select([self._line], [], [], _IDLE if self._left else None)
            if not readable:
                self._load_more()
                continue
            head, descriptors, _, _ = recv_fds(self._line, HEAD.size, 2)
            if len(head) < HEAD.size:
                return
            try:
                said = HEAD.pack(Command.DONE, self._obey(HEAD.unpack(head), descriptors))
            except OSError as error:
                said = HEAD.pack(Command.FAILED, error.errno or 0)
            with suppress(BrokenPipeError):
                self._line.sendall(said)

    def _obey(self, told: tuple[int, int], descriptors: Sequence[int]) -> int:
        command, number = told
        match command:
            case Command.PREPARE:
                self._prepare(number)
                return 0
            case Command.FORK:
                return self._fork(*descriptors)
            case _:
                return os.waitstatus_to_exitcode(os.waitpid(number, 0)[1])

    def _prepare(self, length: int) -> None:
        body = read_body_now(BytesIO(self._line.recv(length, MSG_WAITALL)))
        if body:
            prepared: Prepare = Codec().message(body)
            self._left = prepared.opening.prepare(prepared.folder)
            self._load_more()

    def _load_more(self) -> None:
        """Takes the next step of the preparation; what fails here will fail, and be told, in the child too."""
        try:
            if self._left and next(self._left, _OVER) is _OVER:
                self._left = None
        except Exception:  # noqa: BLE001
            self._left = None
        gc.freeze()

    def _fork(self, requests: int, answers: int) -> int:
        """The number of a new child, which reads and writes there."""
        child = os.fork()
        if not child:
            self._line.close()
            _be_child(os.fdopen(requests, "rb"), os.fdopen(answers, "wb"))
        os.close(requests)
        os.close(answers)
        return child


def main() -> None:
    """Works for the process that has started this one."""
    # Who stops the program stops the process this one works for, and that ends this one when it is done with it.
    for ignored in (signal.SIGINT, signal.SIGTERM):
        signal.signal(ignored, signal.SIG_IGN)
    faulthandler.enable()
    gc.disable()  # what is imported and loaded stays
    logging.getLogger().addHandler(logging.NullHandler())  # children meet what this process does, and set up their logs
    # Whatever a library prints must not get between the frames.
    line = socket(fileno=os.dup(sys.stdin.fileno()))
    os.dup2(os.open(os.devnull, os.O_RDONLY), sys.stdin.fileno())
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    for module in sys.argv[1:]:
        import_module(module)
    _Forking(line).run()


if __name__ == "__main__":
    main()
