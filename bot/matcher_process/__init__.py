"""Finding without holding up the conversations: in a thread of this process, or in a child process.

`AsyncFinder` is what the assistant is given. `InThread` serves short-lived commands. `ChildProcess` serves the door: it
loads the knowledge base in a process of its own, starts that anew when it ends, and follows changes of the files.
"""

from bot.matcher_process.async_finder import AsyncFinder, InThread, Opened
from bot.matcher_process.child_process import ChildProcess
from bot.matcher_process.opening import Opening
from bot.matcher_process.timing import Timing

__all__ = ["AsyncFinder", "ChildProcess", "InThread", "Opened", "Opening", "Timing"]
