"""The chat page: shows a browser's chat, takes what its citizen sends, and tells of what arrives while it is open."""

import secrets
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import aclosing
from typing import Any

from sse_starlette import EventSourceResponse, ServerSentEvent
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.routing import Route

from bot.dialogue.dialogue import COMMANDS
from bot.errors import FindingError, StorageError
from bot.records.kept_messages import KeptMessage, MessageContent
from bot.transcript.kept_chats import MOST_CHARACTERS, SentForm, Taken, topics_code
from bot.wording import sentences
from bot.wording.web import ChatSentences, chat_sentences
from handlers.web.chat.message_markup import PRESSED_FORM, command_label, html_of, literal_html_of
from handlers.web.chat.visitor import RateLimits, address_of, keep_secret, new_secret, secret_of
from handlers.web.pages.reader_language import reader_language
from handlers.web.pages.site import Site
from handlers.web.services import ChatServices
from knowledge.base import Language

SCRIPT = "script"
"""What our script writes into the header `X-Requested-With`: it wants what has changed, not the whole page."""
_NEWEST = "/#newest"
_MENU = ("topics", "myquestions", "help")
_MOST_PAGES = 2000
"""Open at once in this process; further ones work without being told of what arrives."""
_PING_SECONDS = 25
_MOST_DIGITS = 18
_RECONNECT_MILLISECONDS = 3000


class _NotTakenError(Exception):
    """A form that is not taken: what to tell, and the text that stays in the field."""

    def __init__(self, problem: str, status: int, text: str = "") -> None:
        super().__init__(problem)
        self.problem, self.status, self.text = problem, status, text


class ChatPage:
    """The addresses of the chat."""

    def __init__(self, site: Site, services: ChatServices, limits: RateLimits) -> None:
        self._site = site
        self._services = services
        self._chats = services.chats
        self._limits = limits

    def routes(self) -> list[Route]:
        """Where the chat is."""
        return [
            Route("/", self.show),
            Route("/", self.take, methods=["POST"]),
            Route("/chat/events", self.events),
            Route("/privacy", self.privacy),
            Route("/forget", self.ask_to_forget),
            Route("/forget", self.forget, methods=["POST"]),
        ]

    async def show(self, request: Request) -> Response:
        """The page with all that was said."""
        if not await self._limits.may_read(self._address(request)):
            raise HTTPException(429)
        return await self._page(request, secret_of(request))

    async def take(self, request: Request) -> Response:
        """Takes what a form of the page brings; a browser without script is then led back to the page."""
        secret = secret_of(request)
        try:
            form = await self._admitted(request, secret)
            taken = await self._taken(form, secret or "", request)
        except _NotTakenError as error:
            if _is_script(request):
                return PlainTextResponse(error.problem, error.status)
            return await self._page(request, secret, problem=error.problem, status=error.status, text=error.text)
        if taken.is_forgotten:
            return self._site.redirect("/?forgotten=yes")
        return await self._answer(request, secret or "", form, taken)

    async def _answer(self, request: Request, secret: str, form: FormData, taken: Taken) -> Response:
        """Shows what became of a form: what has changed to the script, the page to others."""
        if taken.chat:
            self._services.watch.hurry(taken.chat)
        if taken.unkept:
            return await self._page(request, secret, unkept=taken.unkept)
        if _is_script(request):
            changed = await self._chats.changed(taken.chat, _number(form, "after")) if taken.chat else []
            return HTMLResponse(self._fragment(request, secret, changed))
        return self._site.redirect(_NEWEST)

    async def _admitted(self, request: Request, secret: str | None) -> FormData:
        """The form, where it may be taken; raises _NotTakenError."""
        words = chat_sentences(reader_language(request))
        if secret is None:
            raise _NotTakenError(words.cookies_needed, 400)
        is_admitted = await self._limits.may_say(self._address(request), secret)
        form = await self._site.form(request, secret)
        text = _field(form, "text")
        if not is_admitted:
            raise _NotTakenError(words.too_many, 429, text)
        if len(text) > MOST_CHARACTERS:
            raise _NotTakenError(words.too_long.format(most=MOST_CHARACTERS), 413, text)
        return form

    async def events(self, request: Request) -> Response:
        """Tells of messages as they arrive, while the page is open. Without a chat there is nothing to wait for."""
        secret = secret_of(request)
        number = await self._chats.number(secret) if secret else None
        if secret is None or number is None or self._services.watch.pages >= _MOST_PAGES:
            return Response(status_code=204)
        last = request.headers.get("Last-Event-ID") or request.query_params.get("after", "")
        arriving = self._arriving(request, secret, number, _whole(last))
        return EventSourceResponse(arriving, ping=_PING_SECONDS)

    async def _arriving(self, request: Request, secret: str, number: int, after: int) -> AsyncIterator[ServerSentEvent]:
        yield ServerSentEvent(comment="open", retry=_RECONNECT_MILLISECONDS)
        async with aclosing(self._services.watch.changes(number, after)) as revisions:
            async for revision in revisions:
                try:
                    messages = await self._chats.changed(number, after)
                except StorageError:  # the browser comes again
                    return
                after = revision
                yield ServerSentEvent(self._fragment(request, secret, messages), id=str(revision), event="messages")

    async def privacy(self, request: Request) -> Response:
        """How personal data is treated."""
        language = reader_language(request)
        said = self._chats.privacy(language)
        return self._render(request, "chat/privacy.html", {"privacy": html_of(said, language)})

    async def ask_to_forget(self, request: Request) -> Response:
        """Asks whether everything is to be destroyed."""
        secret = secret_of(request)
        return self._render(request, "chat/forget.html", {"token": self._site.token(secret) if secret else ""})

    async def forget(self, request: Request) -> Response:
        """Destroys the browser's chat."""
        secret = secret_of(request)
        if secret:
            await self._site.form(request, secret)
            try:
                await self._chats.forget(SentForm(secret, secrets.token_hex(8), reader_language(request)))
            except StorageError:
                raise HTTPException(503) from None
        return self._site.redirect("/?forgotten=yes")

    async def _taken(self, form: FormData, secret: str, request: Request) -> Taken:
        """What became of what the form brings; raises _NotTakenError."""
        try:
            return await self._pass_on(form, secret, reader_language(request))
        except (FindingError, StorageError):
            problem = chat_sentences(reader_language(request)).not_now
            raise _NotTakenError(problem, 503, _field(form, "text")) from None

    async def _pass_on(self, form: FormData, secret: str, language: Language) -> Taken:
        pressed, command, text = _field(form, "press"), _field(form, "command"), _field(form, "text").strip()
        content = f"{pressed}|{command}|{text}|{_field(form, 'reply_to')}"
        sent = SentForm(secret, f"{_field(form, 'form')}|{content}", language, _field(form, "entry"))
        if pressed:
            message, _, code = pressed.partition(":")
            return await self._chats.press(sent, _whole(message), code)
        if command in COMMANDS:
            return await self._chats.command(sent, command, command_label(command, language))
        if text:
            return await self._chats.say(sent, text, _number(form, "reply_to") or None)
        return Taken()

    async def _page(
        self,
        request: Request,
        secret: str | None,
        *,
        problem: str = "",
        status: int = 200,
        text: str = "",
        unkept: Sequence[MessageContent] = (),
    ) -> Response:
        language, kept = reader_language(request), secret or new_secret()
        try:
            welcome = self._chats.welcome(language)
        except FindingError:  # the knowledge base is still being loaded
            raise HTTPException(503, headers={"Retry-After": "3", "Refresh": "3"}) from None
        try:
            messages = await self._chats.messages(kept) if secret else []
        except StorageError:
            messages, problem = [], problem or chat_sentences(language).not_now
        entry_id = request.query_params.get("entry", "")
        entry = await self._chats.entry(entry_id, language) if entry_id else None
        context = {
            **self._shared(kept),
            "welcome": welcome,
            "greeting": html_of(welcome.greeting, language),
            "messages": [*map(_view, messages), *map(_unkept_view, unkept)],
            "newest": max((message.number for message in messages if message.content.is_own), default=0),
            "revision": max((message.revision for message in messages), default=0),
            "entry_id": entry_id if entry else "",
            "entry": _unkept_view(entry) if entry else None,
            "problem": problem,
            "text": text,
            "is_forgotten": "forgotten" in request.query_params,
            "most": MOST_CHARACTERS,
            "menu": [(name, command_label(name, language)) for name in _MENU],
            "topics": f"0:{topics_code(language)}",
        }
        response = self._render(request, "chat/chat.html", context, status)
        days, embedded = self._services.retention_days, bool(self._services.frame_ancestors)
        keep_secret(self._site, response, kept, days, is_embedded=embedded)
        return response

    def _fragment(self, request: Request, secret: str, messages: Sequence[KeptMessage]) -> str:
        context = {**self._shared(secret), "messages": list(map(_view, messages)), "newest": 0}
        return self._site.text(request, "chat/messages.html", self._worded(request, context))

    def _shared(self, secret: str) -> dict[str, Any]:
        return {"token": self._site.token(secret), "form": secrets.token_hex(8), "pressed_form": PRESSED_FORM}

    def _render(self, request: Request, template: str, context: Mapping[str, Any], status: int = 200) -> Response:
        ancestors = self._services.frame_ancestors or "'none'"
        worded = self._worded(request, context)
        return self._site.render(request, template, worded, status, frame_ancestors=ancestors)

    def _worded(self, request: Request, context: Mapping[str, Any]) -> dict[str, Any]:
        language = reader_language(request)
        said: ChatSentences = chat_sentences(language)
        return {**context, "said": said, "citizens": sentences(language)}

    def _address(self, request: Request) -> str:
        return address_of(request, behind_proxy=self._site.services.is_secure)


def _view(message: KeptMessage) -> dict[str, Any]:
    return {**_content_view(message.content), "number": message.number, "revision": message.revision}


def _unkept_view(content: MessageContent) -> dict[str, Any]:
    return {**_content_view(content), "number": 0, "revision": 0}


def _content_view(content: MessageContent) -> dict[str, Any]:
    html = literal_html_of(content.text) if content.is_literal else html_of(content.text, content.language)
    return {
        "html": html,
        "language": content.language,
        "is_own": content.is_own,
        "buttons": [button for button in content.buttons if not button.is_short],
        "verdict": [button for button in content.buttons if button.is_short],
        "prompt": content.prompt,
    }


def _is_script(request: Request) -> bool:
    return request.headers.get("X-Requested-With") == SCRIPT


def _field(form: FormData, name: str) -> str:
    value = form.get(name)
    return value if isinstance(value, str) else ""


def _number(form: FormData, name: str) -> int:
    return _whole(_field(form, name))


def _whole(value: str) -> int:
    """The number that is written; 0 for anything else, as whoever writes their own program can send anything."""
    return int(value) if value.isascii() and value.isdecimal() and len(value) <= _MOST_DIGITS else 0
