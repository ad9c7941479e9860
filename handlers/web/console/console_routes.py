"""Where the pages of the console are. Each is guarded, but for signing in."""

from collections.abc import Sequence

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from handlers.web.console.doorkeeper import SIGN_IN, Doorkeeper, Page, SignInPages
from handlers.web.console.draft_pages import accept_wording, act_on_draft, draft_page, drafts_page
from handlers.web.console.entry_pages import entries_page, entry_page, unhelpful_page
from handlers.web.console.group_acts import act_on_group, act_on_preview, preview_page
from handlers.web.console.group_list_page import act_on_several, group_list
from handlers.web.console.group_page import group_page
from handlers.web.console.live_events import LiveEvents
from handlers.web.console.playground_page import make_draft, playground_page
from handlers.web.console.report_pages import audit_page, export, health_page, picture, statistics_page
from handlers.web.console.spreadsheet_page import SPREADSHEET, act_on_workbook, spreadsheet_page, workbook
from handlers.web.console.visit import HOME
from handlers.web.pages.site import Site
from handlers.web.services import ConsoleServices, WebServices

READING: dict[str, Page] = {
    HOME: group_list,
    f"{HOME}/groups/{{number:int}}": group_page,
    f"{HOME}/previews/{{number:int}}": preview_page,
    f"{HOME}/unhelpful": unhelpful_page,
    f"{HOME}/drafts": drafts_page,
    f"{HOME}/drafts/{{number:int}}": draft_page,
    f"{HOME}/entries": entries_page,
    f"{HOME}/entries/{{entry}}": entry_page,
    SPREADSHEET: spreadsheet_page,
    f"{SPREADSHEET}/knowledge.xlsx": workbook,
    f"{HOME}/playground": playground_page,
    f"{HOME}/statistics": statistics_page,
    f"{HOME}/statistics/{{name}}.svg": picture,
    f"{HOME}/audit": audit_page,
    f"{HOME}/export/questions.{{form}}": export,
}
HEALTH = f"{HOME}/health"
CHANGING: dict[str, Page] = {
    HOME: act_on_several,
    f"{HOME}/groups/{{number:int}}": act_on_group,
    f"{HOME}/previews/{{number:int}}": act_on_preview,
    f"{HOME}/drafts": accept_wording,
    f"{HOME}/drafts/{{number:int}}": act_on_draft,
    SPREADSHEET: act_on_workbook,
    f"{HOME}/playground": make_draft,
}


def console_routes(site: Site, services: ConsoleServices, everything: WebServices) -> Sequence[BaseRoute]:
    """The routes of the console; the health of `everything` is shown on one of its pages."""
    doorkeeper = Doorkeeper(site, services)
    sign_in = SignInPages(doorkeeper)
    pages = {path: {"GET": page} for path, page in {**READING, HEALTH: health_page(everything)}.items()}
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
