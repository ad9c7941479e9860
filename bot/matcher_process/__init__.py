"""Finding without holding up the conversations: in a thread of this process, or in a child process.

`AsyncFinder` is what the assistant is given. `InThread` serves short commands. `MatcherProcess` serves the door: it
loads the knowledge base in another process, starts that anew when it ends, and follows changes of the files.
"""

from bot.matcher_process.async_finder import AsyncFinder, InThread, Opened
from bot.matcher_process.knowledge_opener import Opening
from bot.matcher_process.supervisor import Listener, MatcherProcess
from bot.matcher_process.timing import Timing

__all__ = ["AsyncFinder", "InThread", "Listener", "MatcherProcess", "Opened", "Opening", "Timing"]
