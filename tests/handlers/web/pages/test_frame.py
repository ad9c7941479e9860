"""The frame of every page: its language, its headers, its files, and what is shown where something fails."""

import re

import pytest

from handlers.web.services import WebServices
from tests.handlers.web.pages.small_site import served_pages
from tests.handlers.web.small_web import served


@pytest.mark.parametrize(
    ("wanted", "language"),
    [
        ("", "ko"),
        ("en", "en"),
        ("en-US,en;q=0.9,ko;q=0.8", "en"),
        ("ko-KR,ko;q=0.9,en;q=0.8", "ko"),
        ("de,en;q=0.5,ko;q=0.7", "ko"),
        ("fr", "ko"),
        ("en;q=nonsense,,;", "ko"),
    ],
)
async def test_page_is_in_the_language_of_the_browser(wanted: str, language: str) -> None:
    async with served_pages() as client:
        response = await client.get("/nowhere", headers={"Accept-Language": wanted})
    assert f'<html lang="{language}">' in response.text


async def test_language_that_is_chosen_is_kept_for_the_next_page() -> None:
    async with served_pages() as client:
        first = await client.get("/nowhere")
        chosen = await client.get("/nowhere" + _other_address(first.text))
        later = await client.get("/nowhere")
    assert '<html lang="ko">' in first.text
    assert '<html lang="en">' in chosen.text
    assert '<html lang="en">' in later.text


async def test_other_language_leaves_the_rest_of_the_address_alone() -> None:
    async with served_pages() as client:
        shown = await client.get("/nowhere", params={"text": "예산 & 일정", "language": "xx"})
    assert "text=%EC%98%88%EC%82%B0+%26amp" not in shown.text
    assert _other_address(shown.text) == "?text=%EC%98%88%EC%82%B0+%26+%EC%9D%BC%EC%A0%95&language=en"


async def test_page_allows_no_script_and_no_frame_of_others() -> None:
    async with served_pages() as client:
        headers = (await client.get("/nowhere")).headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert headers["Cache-Control"] == "no-store"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "no-referrer"


async def test_files_of_a_page_are_fetched_once_and_for_good() -> None:
    async with served_pages() as client:
        page = (await client.get("/nowhere")).text
        addresses = re.findall(r'href="(/static/[^"]+)"', page)
        files = [await client.get(address) for address in addresses]
        outdated = await client.get("/static/style.000000000000.css")
    assert len(files) == 2
    assert {file.status_code for file in files} == {200}
    assert {file.headers["Cache-Control"] for file in files} == {"public, max-age=31536000, immutable"}
    assert files[0].headers["Content-Type"].startswith("text/css")
    assert outdated.status_code == 404


@pytest.mark.parametrize(
    "path", ["/static/../application.py", "/static/%2e%2e/application.py", "/static/", "/static/x"]
)
async def test_no_other_file_is_served(path: str) -> None:
    async with served_pages() as client:
        assert (await client.get(path)).status_code == 404


async def test_failure_says_what_to_do_in_the_readers_language() -> None:
    async with served_pages() as client:
        korean = await client.get("/nowhere")
        english = await client.get("/nowhere", headers={"Accept-Language": "en"})
    assert (korean.status_code, english.status_code) == (404, 404)
    assert "없는 화면입니다" in korean.text
    assert "There is no such page" in english.text


async def test_programs_get_a_word_instead_of_a_page() -> None:
    async with served_pages() as client:
        response = await client.get("/nowhere", headers={"Accept": "application/json"})
    assert response.headers["Content-Type"].startswith("text/plain")
    assert response.text == "Not Found"


async def test_there_are_no_pages_where_they_are_off() -> None:
    async with served(WebServices()) as client:
        response = await client.get("/", headers={"Accept": "text/html"})
    assert (response.status_code, response.text) == (404, "Not Found")


async def test_local_mode_says_so_on_every_page() -> None:
    async with served_pages(is_local=True) as local, served_pages() as served_to_all:
        assert "이 컴퓨터에서만" in (await local.get("/nowhere")).text
        assert "이 컴퓨터에서만" not in (await served_to_all.get("/nowhere")).text


async def test_name_of_the_assistant_is_text_whatever_its_editors_write() -> None:
    async with served_pages(name=lambda _: "<script>alert(1)</script>") as client:
        page = (await client.get("/nowhere")).text
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page


def _other_address(page: str) -> str:
    found = re.search(r'href="(\?[^"]*)"', page)
    assert found
    return found[1].replace("&amp;", "&")
