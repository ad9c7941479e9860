"""Whether every part works, and how much waits."""

from dataclasses import fields

from starlette.responses import Response

from bot.errors import StorageError
from bot.metrics import Levels
from handlers.web.console.doorkeeper import Page
from handlers.web.console.visit import Visit
from handlers.web.services import WebServices


def health_page(services: WebServices) -> Page:
    """The page over what the service says of itself."""

    async def show(visit: Visit) -> Response:
        try:
            levels = await services.levels()
        except StorageError:
            levels = Levels()
        names = visit.report_words.levels
        known = [(names[field.name], getattr(levels, field.name)) for field in fields(levels) if field.name in names]
        context = {
            "checks": await services.readiness(),
            "news_of_files": visit.news_of_files,
            "levels": [(name, value) for name, value in known if value is not None],
        }
        return visit.page("console/health.html", context, section="health")

    return show
