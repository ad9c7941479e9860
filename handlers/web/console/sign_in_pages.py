"""Signing in with a code from the bot, and signing out everywhere."""

from http import HTTPStatus

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from bot.access.console_access import ConsoleAccess
from bot.access.errors import AccessError
from bot.errors import StorageError
from handlers.web.console.doorkeeper import MOST_KEPT, SIGN_IN, Doorkeeper, inside
from handlers.web.console.group_page import show_group
from handlers.web.console.visit import HOME, Visit, field, number_in

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
