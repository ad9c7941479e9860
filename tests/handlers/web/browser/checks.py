"""What must be true of every page, whatever is on it."""

import pytest
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Page

_RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
}
SMALLEST = {"width": 320, "height": 640}
"""A small telephone, and a desktop at 400 %."""
WIDE = {"width": 1280, "height": 900}
each_view = pytest.mark.parametrize(
    ("size", "scheme"),
    [
        pytest.param(SMALLEST, "light", id="320 px-light"),
        pytest.param(WIDE, "dark", id="wide-dark"),
        pytest.param(SMALLEST, "dark", id="320 px-dark", marks=pytest.mark.soak),
        pytest.param(WIDE, "light", id="wide-light", marks=pytest.mark.soak),
    ],
)
"""The short form has every size and every scheme of colours, the long form each with each."""


async def findings(page: Page) -> list[str]:
    """What axe-core finds fault with, each with the place."""
    results = await Axe().run(page, options=_RULES)
    return [
        f"{found['id']}: {found['help']} ({node['html']} {node.get('failureSummary', '')})"
        for found in results.response["violations"]
        for node in found["nodes"]
    ]


async def is_too_wide(page: Page) -> bool:
    """Whether one has to scroll sideways."""
    return bool(await page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"))


async def small_targets(page: Page, least: int = 44) -> list[str]:
    """The buttons and fields that are lower than so many pixels; those in the middle of a sentence may be."""
    script = """least => [...document.querySelectorAll('button, .button, input:not([type=hidden]), textarea, select')]
        .filter(each => !each.classList.contains('inline'))
        .filter(each => each.offsetParent && !['checkbox', 'radio'].includes(each.type))
        .filter(each => each.getBoundingClientRect().height < least - 0.5).map(each => each.outerHTML)"""
    return list(await page.evaluate(script, least))


async def must_be_sound(page: Page) -> None:
    """Fails where the page has a finding of axe-core, a target that is too small, or is wider than its window.

    It is judged at its end: further up, a bar that stays at the lower edge covers what one can scroll from under it.
    """
    await page.wait_for_load_state()
    await page.locator("main").first.wait_for()  # between two pages there is no document for a moment
    await page.evaluate("window.scrollTo({top: document.documentElement.scrollHeight, behavior: 'instant'})")
    problems = [*await findings(page), *(f"too small: {target}" for target in await small_targets(page))]
    if await is_too_wide(page):
        problems.append("wider than the window")
    assert not problems, "\n".join(problems)
