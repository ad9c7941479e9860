"""The files that pages refer to, each under an address that changes with its content, so that it is fetched once."""

import hashlib
import mimetypes
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

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
