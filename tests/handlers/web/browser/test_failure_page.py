"""The frame of the pages in a real browser, seen on the one page that needs nothing else."""

import pytest

from handlers.web.application import build_web
from handlers.web.server import serve_web
from handlers.web.services import WebServices
from tests.handlers.web.browser.checks import SMALLEST, must_be_sound
from tests.handlers.web.browser.conftest import Visitor
from tests.handlers.web.pages.small_site import PAGES


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_frame_is_sound_in_a_small_window(visitor: Visitor, scheme: str) -> None:
    async with serve_web(build_web(WebServices(pages=PAGES)), "127.0.0.1", 0) as address:
        page = await visitor(viewport=SMALLEST, color_scheme=scheme)
        await page.goto(f"{address}/nowhere")
        await must_be_sound(page)
        assert await page.locator("html").get_attribute("lang") == "ko"


async def test_keyboard_reaches_the_content_first_and_is_seen(visitor: Visitor) -> None:
    async with serve_web(build_web(WebServices(pages=PAGES)), "127.0.0.1", 0) as address:
        page = await visitor(java_script_enabled=False)
        await page.goto(f"{address}/nowhere")
        await page.keyboard.press("Tab")
        assert await page.locator(":focus").inner_text() == "본문으로 바로 가기"
        assert await page.locator(":focus").bounding_box() is not None
        await page.keyboard.press("Enter")
        await page.keyboard.press("Tab")
        assert await page.locator(":focus").inner_text() == "처음 화면으로"
