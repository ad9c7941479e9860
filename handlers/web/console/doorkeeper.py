"""Who is let into the console: asked anew before each page; signing in with a code from the bot, and signing out."""

import secrets
from collections.abc import Awaitable, Callable
from http import HTTPStatus
from urllib.parse import urlencode

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from bot.access.console_access import ConsoleAccess
from bot.access.errors import AccessError, NotSignedInError, NotStaffError, UnknownMembershipError
from bot.errors import FindingError, StorageError
from bot.records.errors import UnknownDraftError, UnknownGroupError
from bot.records.groups import StaffMember
from bot.records.staff_sessions import LASTS
from bot.wording.web import console_sentences
from handlers.web.console.group_page import show_group
from handlers.web.console.visit import HOME, Visit, field, number_in
from handlers.web.pages.reader_language import reader_language
from handlers.web.pages.site import Site
from handlers.web.services import ConsoleServices

Page = Callable[[Visit], Awaitable[Response]]
SIGN_IN = f"{HOME}/sign-in"
MOST_KEPT = 20_000
"""Characters of a text that is shown again."""
_LOCAL = "local:console"
_BY_ITSELF = "X-Console-Refresh"
"""The header of what a page asks for by itself, which keeps no session open."""
_STATUSES: dict[type[AccessError], HTTPStatus] = {
    NotSignedInError: HTTPStatus.UNAUTHORIZED,
    NotStaffError: HTTPStatus.FORBIDDEN,
    UnknownMembershipError: HTTPStatus.SERVICE_UNAVAILABLE,
}


class Doorkeeper:
    """Admits members of the staff; in the local mode, whoever is at this machine."""

    def __init__(self, site: Site, services: ConsoleServices) -> None:
        self.site = site
        self.services = services
        prefix = "__Host-" if site.services.is_secure else ""
        self.cookie = f"{prefix}console"
        self.form_cookie = f"{prefix}console-form"
        """Of whoever is not signed in yet."""

    def guarded(self, page: Page) -> Callable[[Request], Awaitable[Response]]:
        """The page as it is served: to the staff alone."""

        async def serve(request: Request) -> Response:
            try:
                visit = await self.admit(request, in_use=_BY_ITSELF not in request.headers)
            except AccessError as error:
                return await self.turn_away(request, error)
            except StorageError:
                raise HTTPException(HTTPStatus.SERVICE_UNAVAILABLE) from None
            await visit.follow_up.pause.look()  # every page says so while no answers are given
            response = await _answered(page, visit)
            if visit.services.access is None and visit.key != request.cookies.get(self.cookie):
                self.let_in(response, visit.key)
            return response

        return serve

    async def admit(self, request: Request, *, in_use: bool = True) -> Visit:
        """The visit of a member of the staff; raises AccessError and StorageError."""
        key = request.cookies.get(self.cookie, "")
        access = self.services.access
        if access is None:
            name = console_sentences(reader_language(request)).local_member
            return Visit(self.site, self.services, request, StaffMember(_LOCAL, name), key or _new_key())
        session = await access.session(key, in_use=in_use)
        return Visit(self.site, self.services, request, session.member, key)

    def let_in(self, response: Response, key: str) -> None:
        """Has the browser show the key from now on."""
        self.site.set_cookie(response, self.cookie, key, int(LASTS.total_seconds()))

    async def turn_away(self, request: Request, error: AccessError) -> Response:
        """Has whoever may not enter sign in; a text that they were sending is shown, so that it is not lost."""
        if request.method == "GET" and isinstance(error, NotSignedInError):
            asked = f"{request.url.path}?{request.url.query}".rstrip("?")
            return self.site.redirect(f"{SIGN_IN}?{urlencode({'then': asked})}")
        kept = ""
        if request.method == "POST" and "multipart" not in request.headers.get("Content-Type", ""):
            text = (await request.form(max_files=0)).get("text", "")
            kept = text[:MOST_KEPT] if isinstance(text, str) else ""
        return self.sign_in_page(request, error, then=request.url.path, kept=kept)

    def sign_in_page(
        self, request: Request, error: AccessError | None = None, *, code: str = "", then: str = "", kept: str = ""
    ) -> Response:
        """The page on which one signs in."""
        words = console_sentences(reader_language(request))
        said = {
            NotSignedInError: words.session_over,
            NotStaffError: words.not_staff,
            UnknownMembershipError: words.membership_unknown,
        }
        status = _STATUSES.get(type(error), HTTPStatus.BAD_REQUEST) if error else HTTPStatus.OK
        holder = request.cookies.get(self.form_cookie) or _new_key()
        context = {
            "say": words,
            "token": self.site.token(holder),
            "problem": said.get(type(error), words.code_unusable) if error else "",
            "has_left": request.query_params.get("left") == "1",
            "code": code,
            "then": inside(then),
            "kept": kept,
            "here": "console",
            "home": HOME,
        }
        response = self.site.render(request, "console/sign_in.html", context, status)
        self.site.set_cookie(response, self.form_cookie, holder, int(LASTS.total_seconds()))
        return response


async def _answered(page: Page, visit: Visit) -> Response:
    """What the page answers; what is not there, and what cannot be kept now, is said by its status."""
    try:
        return await page(visit)
    except (UnknownGroupError, UnknownDraftError):
        raise HTTPException(HTTPStatus.NOT_FOUND) from None
    except (StorageError, FindingError):  # the knowledge base may still be loading
        raise HTTPException(HTTPStatus.SERVICE_UNAVAILABLE) from None


def inside(path: str) -> str:
    """The path where it is one of the console, else the console's first page: nobody is sent elsewhere."""
    is_ours = path == HOME or path.startswith((f"{HOME}/", f"{HOME}?"))
    return path if is_ours and path.isprintable() and "\\" not in path else HOME


def _new_key() -> str:
    return secrets.token_urlsafe(32)


_MOST_OF_A_CODE = 100


class SignInPages:
    """The only pages of the console that are open to everybody."""

    def __init__(self, doorkeeper: Doorkeeper) -> None:
        self._doorkeeper = doorkeeper

    async def show(self, request: Request) -> Response:
        """The page; the code of a link is used up by the button on it alone, never by opening the link."""
        if self._doorkeeper.services.access is None:
            return self._doorkeeper.site.redirect(HOME)
        wanted = request.query_params
        code, then = wanted.get("code", "")[:_MOST_OF_A_CODE], wanted.get("then", "")
        return self._doorkeeper.sign_in_page(request, code=code, then=then)

    async def enter(self, request: Request) -> Response:
        """Signs in, and leads to the page that was asked for; a text that was being written goes along."""
        doorkeeper, access = self._doorkeeper, self._doorkeeper.services.access
        if access is None:
            return doorkeeper.site.redirect(HOME)
        form = await doorkeeper.site.form(request, request.cookies.get(doorkeeper.form_cookie, ""))
        then, kept = inside(field(form, "then")), field(form, "kept")[:MOST_KEPT]
        try:
            visit = await self._entered(request, access, field(form, "code")[:_MOST_OF_A_CODE])
            response = await _resumed(visit, then, kept) if kept else doorkeeper.site.redirect(then)
        except AccessError as error:
            return doorkeeper.sign_in_page(request, error, then=then, kept=kept)
        except StorageError:
            raise HTTPException(HTTPStatus.SERVICE_UNAVAILABLE) from None
        doorkeeper.let_in(response, visit.key)
        return response

    async def leave(self, visit: Visit) -> Response:
        """Signs out everywhere."""
        await visit.form()
        if visit.services.access is None:
            return visit.go(HOME)
        await visit.services.access.leave(visit.member)
        response, is_secure = visit.go(SIGN_IN, left=1), visit.site.services.is_secure
        response.delete_cookie(self._doorkeeper.cookie, httponly=True, samesite="lax", secure=is_secure)
        return response

    async def _entered(self, request: Request, access: ConsoleAccess, code: str) -> Visit:
        key = await access.enter(code)
        member = (await access.session(key)).member
        return Visit(self._doorkeeper.site, self._doorkeeper.services, request, member, key)


async def _resumed(visit: Visit, then: str, kept: str) -> Response:
    """The group's page with the text that was written to it."""
    number = number_in(then.removeprefix(f"{HOME}/groups/").partition("?")[0])
    return visit.site.redirect(then) if number is None else await show_group(visit, number, text=kept)
