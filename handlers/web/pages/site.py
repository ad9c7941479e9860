"""The frame of every page: its templates, its headers, the tokens of its forms, and the files that it refers to."""

import hashlib
import hmac
import mimetypes
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from bot.wording.web import page_sentences
from handlers.web.pages.reader_language import CHOICE, LANGUAGE_COOKIE, chosen_language, reader_language
from handlers.web.services import PageServices
from knowledge.base import LANGUAGES

TEMPLATES = Path(__file__).parents[1] / "templates"
TOKEN_FIELD = "token"  # noqa: S105  # the name of the field, not a secret
_YEAR = 365 * 24 * 3600
_MOST_FIELDS = 1000
_LARGEST_FIELD = 1024 * 1024


class Site:
    """Renders pages. Templates know `site`, `words`, `language`, `asset` and `other_language` besides their own."""

    def __init__(self, services: PageServices) -> None:
        self.services = services
        self.assets = Assets()
        self._tokens = FormTokens(services.secret)
        self._templates = Environment(
            loader=FileSystemLoader(TEMPLATES),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )

    def render(
        self,
        request: Request,
        template: str,
        context: Mapping[str, Any] | None = None,
        status: int = 200,
        *,
        frame_ancestors: str = "'none'",
    ) -> Response:
        """The page; `frame_ancestors` are the sites that may show it inside theirs, as the header has them."""
        text = self.text(request, template, context)
        response = HTMLResponse(text, status, {"Content-Security-Policy": _policy(frame_ancestors)})
        chosen = chosen_language(request)
        if chosen:
            self.set_cookie(response, LANGUAGE_COOKIE, chosen, _YEAR)
        return response

    def text(self, request: Request, template: str, context: Mapping[str, Any] | None = None) -> str:
        """What a template comes to for the reader: a whole page, or a part of one that is sent later."""
        language = reader_language(request)
        (other,) = (each for each in LANGUAGES if each != language)
        return self._templates.get_template(template).render(
            {
                "site": self.services,
                "words": page_sentences(language),
                "language": language,
                "asset": self.assets.addresses,
                "other_language": other,
                "other_address": f"?{request.url.include_query_params(**{CHOICE: other}).query}",
                **(context or {}),
            }
        )

    def redirect(self, path: str) -> Response:
        """Has the browser get that page of ours; after a form was sent, so that a reload sends nothing again."""
        return RedirectResponse(path, 303)

    def token(self, holder: str) -> str:
        """What the field `token` of each form has to hold, for whoever has that value in a cookie."""
        return self._tokens.token(holder)

    async def form(self, request: Request, holder: str, *, files: int = 0, largest: int | None = None) -> FormData:
        """What a form brought; raises HTTPException 403 when it was not filled in on a page for that holder.

        It may have so many files, and fields of up to `largest` bytes.
        """
        form = await request.form(max_files=files, max_fields=_MOST_FIELDS, max_part_size=largest or _LARGEST_FIELD)
        token = form.get(TOKEN_FIELD)
        if not isinstance(token, str) or not self._tokens.accepts(holder, token):
            await form.close()
            raise HTTPException(403)
        return form

    def set_cookie(self, response: Response, name: str, value: str, seconds: int, *, is_embedded: bool = False) -> None:
        """Keeps a value in the browser that no script can read, and that no foreign page can have sent along.

        `is_embedded`: also where a foreign page shows ours inside itself, but then apart for each such page.
        """
        secure = self.services.is_secure
        if is_embedded and secure:
            response.set_cookie(name, value, max_age=seconds, httponly=True, samesite="none", secure=True)
            name_of_header, written = response.raw_headers[-1]
            # The library writes the attribute from Python 3.14 on alone.
            response.raw_headers[-1] = (name_of_header, written + b"; Partitioned")
        else:
            response.set_cookie(name, value, max_age=seconds, httponly=True, samesite="lax", secure=secure)


def _policy(frame_ancestors: str) -> str:
    """No script and no style but our own files, nothing of another host."""
    return (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
        f"form-action 'self'; base-uri 'none'; frame-ancestors {frame_ancestors}"
    )


class FormTokens:
    """Makes and checks tokens. Every instance with the same `secret` accepts the same ones; nothing is kept."""

    def __init__(self, secret: str) -> None:
        self._secret = secret.encode()

    def token(self, holder: str) -> str:
        """The token in the forms of whoever has that value in a cookie that only they can have."""
        return hmac.new(self._secret, holder.encode(errors="surrogatepass"), hashlib.sha256).hexdigest()

    def accepts(self, holder: str, token: str) -> bool:
        """Whether the token is that holder's; nobody's where there is no cookie."""
        return bool(holder) and hmac.compare_digest(self.token(holder).encode(), token.encode(errors="surrogatepass"))


STATIC = Path(__file__).parents[1] / "static"
_FOREVER = "public, max-age=31536000, immutable"
_DIGITS = 12


@dataclass(frozen=True, slots=True)
class _Asset:
    content: bytes
    kind: str


class Assets:
    """The files of a folder, read once. An address is `/static/<name>.<digest>.<ending>`."""

    def __init__(self, folder: Path = STATIC) -> None:
        self._addresses: dict[str, str] = {}
        self._assets: dict[str, _Asset] = {}
        for file in sorted(folder.iterdir()):
            content = file.read_bytes()
            digest = hashlib.sha256(content).hexdigest()[:_DIGITS]
            served = f"{file.stem}.{digest}{file.suffix}"
            self._addresses[file.name] = f"/static/{served}"
            self._assets[served] = _Asset(content, mimetypes.guess_type(file.name)[0] or "application/octet-stream")

    @property
    def addresses(self) -> Mapping[str, str]:
        """The address of each file by its name."""
        return self._addresses

    def route(self) -> Route:
        """Where the files are served. What is asked for under another address is not there."""
        return Route("/static/{name}", self._serve)

    async def _serve(self, request: Request) -> Response:
        asset = self._assets.get(request.path_params["name"])
        if asset is None:
            raise HTTPException(404)
        return Response(asset.content, media_type=asset.kind, headers={"Cache-Control": _FOREVER})
