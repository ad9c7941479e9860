"""Finding without holding up the conversations: in a thread of this process, or in a child process.

`AsyncFinder` is what the assistant is given. `InThread` serves short commands. `MatcherProcess` serves the door: it
loads the knowledge base in another process, starts that anew when it ends, and follows changes of the files. The child
imports this package too, so that nothing is imported here.
"""
