"""Draws the pictures of the chat page, from a scripted run of the whole program in a real browser.

    python docs/images/draw_chat.py

The program runs in the local mode, over a database of its own: a question, one that nobody can answer, an answer of
staff in the console, and its arrival. It needs Chromium, a font with Korean, and two minutes.
"""  # noqa: INP001

import asyncio
import os
import re
import shutil
import signal
import sys
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from playwright.async_api import Browser, Page, async_playwright

IMAGES = Path(__file__).parent
PROJECT = IMAGES.parents[1]
_ARRIVING_MILLISECONDS = 120_000
"""An answer of staff is sent after a minute, in which it can be taken back."""


async def draw() -> None:
    """Writes every picture."""
    with tempfile.TemporaryDirectory() as folder:
        async with _program(folder) as address, async_playwright() as playwright:
            program = shutil.which("chromium") or shutil.which("google-chrome")
            chromium = await playwright.chromium.launch(executable_path=program)
            page = await _telephone(chromium, "light")
            await page.goto(address)
            await _picture(page, "start")
            await _ask(page, "집적단지 예산이 얼마예요?")
            await _picture(page, "answer")
            await _ask(page, "견학할 때 유모차를 빌릴 수 있나요?")
            await page.get_by_role("button", name="답변이 나오면 알려 주세요").click()
            await page.get_by_text("접수번호").wait_for()
            await _picture(page, "receipt")
            await _answer(await _desk(page, address))
            await page.get_by_text("1층 안내대에서").wait_for(timeout=_ARRIVING_MILLISECONDS)
            await _picture(page, "told")
            dark = await _telephone(chromium, "dark")
            await dark.goto(address)
            await _ask(dark, "집적단지는 언제 완공돼요?")
            await _picture(dark, "dark")
            await chromium.close()


@asynccontextmanager
async def _program(folder: str) -> AsyncIterator[str]:
    """The running program; gives its address."""
    cache, knowledge = str(PROJECT / "data/cache"), str(PROJECT / "knowledge")
    settings = {"HTTP_PORT": "0", "KNOWLEDGE_DIR": knowledge, "CACHE_DIR": cache, "LOG_LEVEL": "error"}
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        str(PROJECT / "main.py"),
        "run",
        cwd=folder,
        env={**os.environ, **settings, "LANG": "C.UTF-8"},
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
    )
    try:
        told = ""
        while "/console" not in told:
            told += (await process.stdout.readline()).decode() if process.stdout else ""
        yield re.findall(r"http://\S+:\d+", told)[0]
    finally:
        process.send_signal(signal.SIGTERM)
        await process.wait()


async def _telephone(chromium: Browser, scheme: str) -> Page:
    context = await chromium.new_context(
        locale="ko-KR",
        viewport={"width": 390, "height": 780},
        device_scale_factor=1.5,
        color_scheme="dark" if scheme == "dark" else "light",
        reduced_motion="reduce",
    )
    return await context.new_page()


async def _desk(page: Page, address: str) -> Page:
    """The console, one click away from the chat."""
    desk = await page.context.new_page()
    await desk.set_viewport_size({"width": 1180, "height": 760})
    await desk.goto(address)
    await desk.get_by_role("link", name="담당자 화면").click()
    return desk


async def _ask(page: Page, text: str) -> None:
    count = await page.locator("#messages > li").count()
    await page.get_by_label("궁금한 것").fill(text)
    await page.get_by_role("button", name="보내기", exact=True).click()
    await page.locator("#messages > li").nth(count + 1).wait_for()


async def _answer(desk: Page) -> None:
    await desk.get_by_role("link", name="유모차").first.click()
    await desk.get_by_label("답변 쓰기").fill("네, 1층 안내대에서 빌려 드립니다. 신분증을 가져와 주세요.")
    await desk.get_by_role("button", name="미리 보기").click()
    await desk.get_by_role("button", name="보내기").click()


async def _picture(page: Page, name: str) -> None:
    await page.screenshot(path=IMAGES / f"chat-{name}.png")


if __name__ == "__main__":
    asyncio.run(draw())
