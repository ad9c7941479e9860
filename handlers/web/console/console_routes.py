"""Where the pages of the console are. Each is guarded, but for signing in."""

from collections.abc import Sequence

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from handlers.web.console.doorkeeper import SIGN_IN, Doorkeeper, Page
from handlers.web.console.group_acts import act_on_group
from handlers.web.console.group_list_page import act_on_several, group_list
from handlers.web.console.group_page import group_page
from handlers.web.console.live_events import LiveEvents
from handlers.web.console.preview_page import act_on_preview, preview_page
from handlers.web.console.sign_in_pages import SignInPages
from handlers.web.console.visit import HOME
from handlers.web.pages.site import Site
from handlers.web.services import ConsoleServices

READING: dict[str, Page] = {
    HOME: group_list,
    f"{HOME}/groups/{{number:int}}": group_page,
    f"{HOME}/previews/{{number:int}}": preview_page,
}
CHANGING: dict[str, Page] = {
    HOME: act_on_several,
    f"{HOME}/groups/{{number:int}}": act_on_group,
    f"{HOME}/previews/{{number:int}}": act_on_preview,
}


def console_routes(site: Site, services: ConsoleServices) -> Sequence[BaseRoute]:
    """The routes of the console."""
    doorkeeper = Doorkeeper(site, services)
    sign_in = SignInPages(doorkeeper)
    pages = {path: {"GET": page} for path, page in READING.items()}
    for path, page in {**CHANGING, f"{HOME}/sign-out": sign_in.leave}.items():
        pages.setdefault(path, {})["POST"] = page
    guarded = [
        Route(path, doorkeeper.guarded(page), methods=[method])
        for path, by_method in pages.items()
        for method, page in by_method.items()
    ]

    async def to_list(_: Request) -> Response:
        return site.redirect(HOME)

    return [
        Route(SIGN_IN, sign_in.show, methods=["GET"]),
        Route(SIGN_IN, sign_in.enter, methods=["POST"]),
        *guarded,
        Route(f"{HOME}/events", LiveEvents(doorkeeper).stream, methods=["GET"]),
        Route(f"{HOME}/", to_list, methods=["GET"]),
    ]
