"""X1 to X4 of the console: whoever is not of the staff at that moment reads nothing and changes nothing."""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx
import pytest

from bot.records.groups import GroupState
from bot.records.staff_sessions import Membership
from handlers.web.console.console_routes import CHANGING, READING
from handlers.web.pages.site import FormTokens
from tests.bot.follow_up.building import KIM, LEE
from tests.handlers.web.console.building import ServedConsole, served_console
from tests.handlers.web.pages.small_site import PAGES

ASKED = "수영장 요금은 얼마예요?"
ACTS = ("preview", "dismiss", "take", "split", "merge", "reopen", "link", "undo", "ask_back", "save_reply", "nothing")


def _path(path: str, number: int = 1) -> str:
    return re.sub(r"\{[^}]*\}", str(number), path)


def _session(key: str) -> dict[str, str]:
    return {"Cookie": f"console={key}"}


def _form(key: str, **fields: str) -> dict[str, str]:
    return {"token": FormTokens(PAGES.secret).token(key), **fields}


@pytest.fixture(params=[22, pytest.param(100, marks=pytest.mark.soak)])
def tries(request: pytest.FixtureRequest) -> int:
    """How often it is tried: each act twice at least."""
    return int(request.param)


@asynccontextmanager
async def _client(console: ServedConsole) -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(base_url=console.address, timeout=60) as client:
        client.headers["Accept"] = "text/html"
        yield client


async def _is_untouched(console: ServedConsole, group: int = 1) -> bool:
    found = await console.office.follow_up.desk.group(group)
    acts = await console.office.follow_up.desk.audit(None, group)
    return found.state is GroupState.OPEN and found.last is None and acts == []


@pytest.mark.parametrize("path", [*READING, "/console/events"])
async def test_nobody_reads_a_page_without_a_session(path: str) -> None:
    async with served_console() as console, _client(console) as client:
        await console.office.group(ASKED)
        for cookie in ("", "x", "'; --", "A" * 3000):
            response = await client.get(_path(path), headers=_session(cookie))
            assert response.status_code in {303, 401}
            assert ASKED not in response.text


@pytest.mark.parametrize("path", CHANGING)
async def test_nobody_changes_anything_without_a_session(path: str, tries: int) -> None:
    async with served_console() as console, _client(console) as client:
        await console.office.group(ASKED)
        for number in range(tries):
            key = f"made-up-{number}"
            act = ACTS[number % len(ACTS)]
            form = _form(key, act=act, text="아니요", group="1", reason="noise")
            response = await client.post(_path(path), data=form, headers=_session(key))
            assert response.status_code == 401
            assert ASKED not in response.text
        assert await _is_untouched(console)


async def test_no_page_of_the_console_is_left_out_of_these_tests() -> None:
    async with served_console() as console, _client(console) as client:
        assert (await client.get("/console/nowhere")).status_code == 404
        assert (await client.post("/console/sign-out", data={})).status_code == 401


async def test_an_expired_session_is_no_session(tries: int) -> None:
    async with served_console() as console, _client(console) as client:
        await console.office.group(ASKED)
        key = await console.key()
        assert (await client.get("/console", headers=_session(key))).status_code == 200
        console.office.clock.pass_(minutes=30)
        for number in range(tries):
            form = _form(key, act=ACTS[number % len(ACTS)], text="아니요")
            assert (await client.post("/console/groups/1", data=form, headers=_session(key))).status_code == 401
        assert await _is_untouched(console)


async def test_a_form_without_its_token_changes_nothing(tries: int) -> None:
    async with served_console() as console, _client(console) as client:
        await console.office.group(ASKED)
        key, other = await console.key(), await console.key(LEE)
        tokens = ["", "0" * 64, FormTokens(PAGES.secret).token(other), FormTokens("elsewhere").token(key)]
        for number in range(tries):
            form = {"token": tokens[number % 4], "act": ACTS[number % len(ACTS)], "text": "아니요"}
            path = [_path(path) for path in CHANGING][number % len(CHANGING)]
            assert (await client.post(path, data=form, headers=_session(key))).status_code == 403
        assert await _is_untouched(console)


async def test_a_form_of_a_foreign_page_changes_nothing_whatever_it_knows(tries: int) -> None:
    async with served_console() as console, _client(console) as client:
        await console.office.group(ASKED)
        key = await console.key()
        origins = [{"Origin": "https://elsewhere.example"}, {"Sec-Fetch-Site": "cross-site"}]
        for number in range(tries):
            form = _form(key, act=ACTS[number % len(ACTS)], text="아니요")
            headers = _session(key) | origins[number % 2]
            assert (await client.post("/console/groups/1", data=form, headers=headers)).status_code == 403
        assert await _is_untouched(console)


async def test_a_removed_member_is_out_at_once_and_everywhere(tries: int) -> None:
    async with served_console() as console, _client(console) as client:
        await console.office.group(ASKED)
        keys = [await console.key(), await console.key()]
        console.roll.members[KIM.id] = Membership.STRANGER
        for number in range(tries):
            key = keys[number % 2]
            form = _form(key, act=ACTS[number % len(ACTS)], text="아니요")
            response = await client.post("/console/groups/1", data=form, headers=_session(key))
            assert response.status_code in {401, 403}
        assert await _is_untouched(console)


async def test_nobody_acts_while_membership_cannot_be_found_out() -> None:
    async with served_console() as console, _client(console) as client:
        await console.office.group(ASKED)
        key = await console.key()
        console.roll.members[KIM.id] = Membership.UNKNOWN
        response = await client.post("/console/groups/1", data=_form(key, act="take"), headers=_session(key))
        assert response.status_code == 503
        del console.roll.members[KIM.id]
        assert (await client.get("/console", headers=_session(key))).status_code == 200


async def test_a_link_that_was_used_or_opened_by_a_preview_lets_in_once(tries: int) -> None:
    async with served_console() as console, _client(console) as client:
        code = await console.code()
        for _ in range(tries):  # programs that show what is behind a link
            assert (await client.get(f"/console/sign-in?code={code}")).status_code == 200
        holder = client.cookies["console-form"]
        form = _form(holder, code=code, then="https://elsewhere.example/")
        entered = await client.post("/console/sign-in", data=form)
        assert (entered.status_code, entered.headers["Location"]) == (303, "/console")
        client.cookies.delete("console")
        for _ in range(tries):
            assert (await client.post("/console/sign-in", data=form)).status_code == 400
        assert "console" not in client.cookies


async def test_a_made_up_code_lets_nobody_in(tries: int) -> None:
    async with served_console() as console, _client(console) as client:
        await console.code()
        await client.get("/console/sign-in")
        for number in range(tries):
            form = _form(client.cookies["console-form"], code=f"AAAA-BBBB-{number:04}")
            assert (await client.post("/console/sign-in", data=form)).status_code == 400
        assert "console" not in client.cookies


@pytest.mark.parametrize("number", ["0", "2", "999", "9223372036854775807", "9999999999999999999", "-1", "x"])
async def test_a_foreign_number_is_not_found(number: str) -> None:
    async with served_console() as console, _client(console) as client:
        await console.office.group(ASKED)
        key = await console.key()
        for path in (f"/console/groups/{number}", f"/console/previews/{number}"):
            assert (await client.get(path, headers=_session(key))).status_code == 404
            form = _form(key, act="take")
            assert (await client.post(path, data=form, headers=_session(key))).status_code in {404, 405}
        assert await _is_untouched(console)


async def test_another_members_preview_is_not_sent() -> None:
    async with served_console() as console, _client(console) as client:
        group = await console.office.group(ASKED)
        shown = await console.office.follow_up.desk.preview(group, "4,000원입니다.", "ko", KIM)
        key = await console.key(LEE)
        form = _form(key, act="send", seen=str(shown.seen))
        response = await client.post(f"/console/previews/{shown.number}", data=form, headers=_session(key))
        assert response.status_code == 409
        assert (await console.office.follow_up.desk.group(group)).state is GroupState.OPEN


async def test_signing_out_ends_every_session() -> None:
    async with served_console() as console, _client(console) as client:
        keys = [await console.key(), await console.key()]
        left = await client.post("/console/sign-out", data=_form(keys[0]), headers=_session(keys[0]))
        assert left.status_code == 303
        for key in keys:
            assert (await client.get("/console", headers=_session(key))).status_code == 303


async def test_cookies_and_headers_are_those_of_a_page_for_staff_alone() -> None:
    async with served_console() as console, _client(console) as client:
        code = await console.code()
        await client.get("/console/sign-in")
        form = _form(client.cookies["console-form"], code=code)
        entered = await client.post("/console/sign-in", data=form)
        flags = entered.headers["Set-Cookie"].lower()
        assert all(flag in flags for flag in ("httponly", "samesite=lax", "path=/"))
        page = await client.get("/console")
        assert page.headers["Cache-Control"] == "no-store"
        assert page.headers["X-Content-Type-Options"] == "nosniff"
        policy = page.headers["Content-Security-Policy"]
        assert "frame-ancestors 'none'" in policy
        assert "unsafe" not in policy


async def test_over_https_the_cookie_is_bound_to_the_host() -> None:
    async with served_console(public_host="city.example") as console, _client(console) as client:
        opened = await client.get("/console/sign-in", headers={"Host": "city.example"})
        holder = re.search(r"__Host-console-form=([^;]+)", opened.headers["Set-Cookie"])
        assert holder
        form = _form(holder[1], code=await console.code())
        headers = {"Host": "city.example", "Cookie": f"__Host-console-form={holder[1]}"}
        entered = await client.post("/console/sign-in", data=form, headers=headers)
        assert entered.headers["Set-Cookie"].startswith("__Host-console=")
        assert "secure" in entered.headers["Set-Cookie"].lower()


async def test_local_mode_is_open_on_this_machine_and_takes_no_foreign_name_or_form(tries: int) -> None:
    async with served_console(is_local=True) as console, _client(console) as client:
        await console.office.group(ASKED)
        assert ASKED in (await client.get("/console")).text
        assert (await client.get("/console", headers={"Host": "rebound.example"})).status_code == 421
        for number in range(tries):
            form = {"token": "0" * 64, "act": ACTS[number % len(ACTS)], "text": "아니요"}
            assert (await client.post("/console/groups/1", data=form)).status_code == 403
        assert await _is_untouched(console)


@pytest.mark.parametrize(
    "then", ["https://elsewhere.example", "//elsewhere.example", "/\\elsewhere.example", "/consoles", "/console\nx", ""]
)
async def test_signing_in_leads_nowhere_else(then: str) -> None:
    async with served_console() as console, _client(console) as client:
        await client.get("/console/sign-in", params={"then": then})
        form = _form(client.cookies["console-form"], code=await console.code(), then=then)
        assert (await client.post("/console/sign-in", data=form)).headers["Location"] == "/console"


async def test_a_text_that_was_sent_when_the_session_was_over_is_given_back_after_signing_in() -> None:
    async with served_console() as console, _client(console) as client:
        group = await console.office.group(ASKED)
        form = _form("gone", act="preview", text="한참 쓴 답변 <b>입니다</b>.")
        refused = await client.post(f"/console/groups/{group}", data=form, headers=_session("gone"))
        assert refused.status_code == 401
        assert "한참 쓴 답변 &lt;b&gt;입니다&lt;/b&gt;." in refused.text
        again = _form(
            client.cookies["console-form"],
            code=await console.code(),
            then=f"/console/groups/{group}",
            kept="한참 쓴 답변 <b>입니다</b>.",
        )
        resumed = await client.post("/console/sign-in", data=again)
        assert resumed.status_code == 200
        assert "한참 쓴 답변 &lt;b&gt;입니다&lt;/b&gt;.</textarea>" in resumed.text
        assert await _is_untouched(console)
