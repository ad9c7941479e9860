"""A real browser for the tests of this folder, one a process; each test has visitors of its own."""

import os
import shutil
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import Browser, BrowserContext, Page, async_playwright, expect

_FOLDER = Path(__file__).parent
_PATIENCE = 60_000
"""Milliseconds to wait for what must come: where others write much, storing a reply alone may take seconds."""
expect.set_options(timeout=_PATIENCE)

Visitor = Callable[..., Awaitable[Page]]
"""Opens a page of a browser profile of its own; the arguments are those of Playwright's `Browser.new_context`."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """All tests of the folder need the browser, and share its event loop."""
    for item in items:
        if item.path.is_relative_to(_FOLDER):
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.asyncio(loop_scope="session"), append=False)


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser() -> AsyncIterator[Browser]:
    """Chromium, as the system has it. Without it the tests are skipped, but never where CI says that it runs them."""
    program = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if program is None:
        message = "no Chromium is installed (Debian: apt-get install chromium fonts-noto-cjk)"
        if os.environ.get("CI"):
            pytest.fail(message)
        pytest.skip(message)
    async with async_playwright() as playwright:
        chromium = await playwright.chromium.launch(
            executable_path=program, args=["--disable-dev-shm-usage"], timeout=2 * _PATIENCE
        )
        yield chromium
        await chromium.close()


@pytest_asyncio.fixture(loop_scope="session")
async def visitor(browser: Browser) -> AsyncIterator[Visitor]:
    """Opens browsers of different people; each ends with the test. A page that logs an error fails it."""
    errors: list[str] = []
    async with AsyncExitStack() as stack:

        async def visit(**options: Any) -> Page:
            context: BrowserContext = await browser.new_context(**{"locale": "ko-KR", **options})
            stack.push_async_callback(context.close)
            context.on("weberror", lambda error: errors.append(str(error.error)))
            context.on("console", lambda line: errors.append(line.text) if _is_fault(line.type, line.text) else None)
            page = await context.new_page()
            page.set_default_timeout(_PATIENCE)
            return page

        yield visit
    assert errors == []


def _is_fault(kind: str, text: str) -> bool:
    """Whether the browser complains about the page, rather than tells of a response that a test asked for."""
    return kind == "error" and not text.startswith("Failed to load resource")
