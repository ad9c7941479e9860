"""The child process: loads a knowledge base, then answers the requests on its standard input one after the other.

It ends by itself when its standard input ends, however busy it is, so that it never outlives the process it serves.
"""

import faulthandler
import gc
import logging
import os
import select
import signal
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from importlib import import_module
from threading import Thread
from typing import BinaryIO

from bot.matcher_process.async_finder import Opened
from bot.matcher_process.protocol import (
    Answered,
    Begin,
    Codec,
    Failed,
    Loaded,
    NotLoaded,
    Request,
    place_of,
    read_body_now,
)


def work(load: Callable[[], Opened], requests: BinaryIO, answers: BinaryIO) -> None:
    """Loads, says so, and answers requests until no more will come."""
    try:
        opened = load()
    except Exception as error:  # noqa: BLE001  # whatever it is, the other process has to know
        _send(answers, Codec().frame(NotLoaded.because(error)))
        return
    # Practice questions are for the matcher alone; without them half as much has to be sent.
    _send(answers, Codec().frame(Loaded(replace(opened.knowledge, practice=()))))
    codec = Codec(opened.knowledge)
    while body := read_body_now(requests):
        _send(answers, _answer(codec, opened, codec.message(body)))


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
    gc.disable()  # what is imported and loaded stays
    for module in sys.argv[1:]:
        import_module(module)
    first = read_body_now(requests)
    if first is None:
        return
    begin: Begin = Codec().message(first)
    from bot.logs import set_up_logs_of_child

    set_up_logs_of_child(begin.log)

    def load() -> Opened:
        opened = begin.opening.open(begin.folder)
        gc.freeze()
        gc.enable()
        return opened

    with suppress(BrokenPipeError):  # the other process has gone
        work(load, requests, answers)


def main() -> None:
    """Works for the process that has started this one."""
    # Who stops the program stops the process this one works for, and that ends this one when it is done with it.
    for ignored in (signal.SIGINT, signal.SIGTERM):
        signal.signal(ignored, signal.SIG_IGN)
    faulthandler.enable()
    # Whatever a library prints must not get between the frames.
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    Thread(target=_end_with, args=(sys.stdin.buffer,), daemon=True).start()
    _begin(sys.stdin.buffer, answers)
    logging.shutdown()
    os._exit(0)  # the thread that reads must not be waited for


if __name__ == "__main__":
    main()
