"""A reason of staff's own that holds what looks personal is kept once somebody has ticked that they looked at it."""

import html

import httpx
import pytest

from bot.records.groups import GroupState
from handlers.web.pages.site import FormTokens
from tests.handlers.web.console.building import ServedConsole, served_console
from tests.handlers.web.pages.small_site import PAGES

REASON = "홍길동(010-8546-8662)에게 물으세요"
LOOKED_AT = "개인정보로 보이는 내용을 확인했고"


async def _post(console: ServedConsole, key: str, path: str, **fields: str) -> httpx.Response:
    form = {"token": FormTokens(PAGES.secret).token(key), "act": "dismiss", "reason": "unrelated", **fields}
    async with httpx.AsyncClient(base_url=console.address, timeout=60) as client:
        client.cookies.set("console", key)
        return await client.post(path, data=form, headers={"Accept-Language": "ko"})


@pytest.mark.parametrize("path", ["/console/groups/1", "/console"])
async def test_reason_is_shown_again_with_a_box_to_tick(path: str) -> None:
    async with served_console() as console:
        key, number = await console.key(), await console.office.group("담당자가 누구예요?")
        several = {} if path != "/console" else {"group": str(number)}
        asked = await _post(console, key, path, text=REASON, **several)
        shown = html.unescape(asked.text)
        assert asked.status_code == 409
        assert "개인정보로 보이는 내용이 있습니다" in shown
        assert f'name="confirmed" value="{REASON}"' in shown
        assert LOOKED_AT in shown
        other = await _post(console, key, path, text=REASON, confirmed="what was looked at", **several)
        assert other.status_code == 409
        assert (await console.office.follow_up.desk.group(number)).state is GroupState.OPEN
        await _post(console, key, path, text=REASON, confirmed=REASON, **several)
        group = await console.office.follow_up.desk.group(number)
        assert (group.state, group.standing.reason) == (GroupState.DISMISSED, REASON)


async def test_a_usual_reason_asks_for_no_tick() -> None:
    async with served_console() as console:
        key, number = await console.key(), await console.office.group("담당자가 누구예요?")
        assert LOOKED_AT not in (await _post(console, key, "/console/groups/1", act="nothing")).text
        await _post(console, key, f"/console/groups/{number}")
        assert (await console.office.follow_up.desk.group(number)).state is GroupState.DISMISSED
