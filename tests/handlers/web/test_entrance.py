"""While the program waits for its database, health is shown and everything else is asked to come again."""

import httpx

from handlers.web.application import build_web
from handlers.web.entrance import Entrance
from handlers.web.server import serve_web
from handlers.web.services import Check, WebhookIntake, WebServices
from handlers.web.webhook import WEBHOOK_PATH
from tests.handlers.web.small_web import HEADERS, SECRET, UPDATE, Kept


async def _waits() -> dict[str, Check]:
    return {"database": Check(ok=False, detail="this one waits")}


async def test_health_is_shown_before_and_everything_after() -> None:
    kept = Kept()
    entrance = Entrance(build_web(WebServices(readiness=_waits)))
    async with (
        serve_web(entrance, "127.0.0.1", 0) as address,
        httpx.AsyncClient(base_url=address, timeout=60) as client,
    ):
        assert (await client.get("/healthz")).status_code == 200
        assert (await client.get("/readyz")).status_code == 503
        early = await client.post(WEBHOOK_PATH, content=UPDATE, headers=HEADERS)
        assert (early.status_code, early.headers["Retry-After"]) == (503, "2")
        with entrance.opened_to(build_web(WebServices(WebhookIntake(kept.receive, SECRET)))):
            assert (await client.post(WEBHOOK_PATH, content=UPDATE, headers=HEADERS)).status_code == 200
            assert (await client.get("/readyz")).status_code == 200
        assert (await client.post(WEBHOOK_PATH, content=UPDATE, headers=HEADERS)).status_code == 503
    assert kept.bodies == [UPDATE]
