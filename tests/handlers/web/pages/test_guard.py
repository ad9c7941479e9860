"""A request that a foreign page could have made, or that is too large, reaches no page."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx
import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Mount, Route

from handlers.web.pages.guard import Guard
from handlers.web.pages.site import FormTokens, Site
from handlers.web.server import serve_web
from tests.handlers.web.pages.small_site import PAGES, served_pages


@asynccontextmanager
async def _guarded(*hosts: str) -> AsyncIterator[httpx.AsyncClient]:
    """A client of a page that tells the text of a form, behind the guard."""
    site = Site(PAGES)

    async def tell(request: Request) -> Response:
        return PlainTextResponse(str((await site.form(request, request.cookies.get("holder", ""))).get("text")))

    guard = Middleware(Guard, hosts=hosts, largest_body=1000)
    app = Starlette(routes=[Mount("/", routes=[Route("/", tell, methods=["POST"])], middleware=[guard])])
    async with serve_web(app, "127.0.0.1", 0) as address, httpx.AsyncClient(base_url=address, timeout=60) as client:
        yield client


def _form(holder: str = "me", **fields: str) -> dict[str, str]:
    return {"token": FormTokens(PAGES.secret).token(holder), "text": "예산", **fields}


_COOKIE = {"Cookie": "holder=me"}


@pytest.mark.parametrize(
    "headers",
    [{}, {"Sec-Fetch-Site": "same-origin"}, {"Sec-Fetch-Site": "none"}, {"Origin": "null"}],
)
async def test_form_of_an_own_page_is_taken(headers: dict[str, str]) -> None:
    async with _guarded() as client:
        response = await client.post("/", data=_form(), headers=_COOKIE | headers)
    assert (response.status_code, response.text) == (200, "예산")


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "https://elsewhere.example"},
        {"Origin": "http://127.0.0.1:1"},
    ],
)
async def test_form_of_a_foreign_page_is_refused_whatever_it_knows(headers: dict[str, str]) -> None:
    async with _guarded() as client:
        assert (await client.post("/", data=_form(), headers=_COOKIE | headers)).status_code == 403


@pytest.mark.parametrize("token", ["", "0" * 64, "열쇠", FormTokens("another deployment's").token("me")])
async def test_form_without_the_readers_token_is_refused(token: str) -> None:
    async with _guarded() as client:
        assert (await client.post("/", data=_form(token=token), headers=_COOKIE)).status_code == 403


async def test_token_of_one_reader_is_worth_nothing_to_another() -> None:
    async with _guarded() as client:
        stolen = _form("me")
        assert (await client.post("/", data=stolen, headers={"Cookie": "holder=you"})).status_code == 403
        assert (await client.post("/", data=_form(""))).status_code == 403


async def test_token_that_is_a_file_is_refused() -> None:
    async with _guarded() as client:
        response = await client.post("/", files={"token": b"0" * 64}, headers=_COOKIE)
    assert response.status_code in {400, 403}


@pytest.mark.parametrize("host", ["elsewhere.example", "127.0.0.1.elsewhere.example", "", "localhost.", "[::1"])
async def test_name_that_is_not_ours_leads_to_no_page(host: str) -> None:
    async with served_pages(is_local=True) as client:
        assert (await client.get("/nowhere", headers={"Host": host})).status_code in {400, 421}


@pytest.mark.parametrize("name", ["Forwarded", "X-Forwarded-For", "X-Real-IP", "Via"])
async def test_local_mode_is_not_passed_on_to_others(name: str) -> None:
    async with served_pages(is_local=True) as client:
        assert (await client.get("/nowhere", headers={name: "for=203.0.113.7"})).status_code == 421


@pytest.mark.parametrize("host", ["localhost:8080", "127.0.0.1", "[::1]:8080", "LOCALHOST", "city.example"])
async def test_names_of_ours_lead_to_the_pages(host: str) -> None:
    async with served_pages(public_host="city.example") as client:
        assert (await client.get("/nowhere", headers={"Host": host})).status_code == 404


async def test_form_that_is_too_large_is_refused() -> None:
    async def in_parts() -> AsyncIterator[bytes]:
        for _ in range(20):
            yield b"x" * 100

    kind = {"Content-Type": "application/x-www-form-urlencoded"}
    async with _guarded() as client:
        assert (await client.post("/", data=_form(text="x" * 1000), headers=_COOKIE)).status_code == 413
        assert (await client.post("/", content=in_parts(), headers=_COOKIE | kind)).status_code == 413
