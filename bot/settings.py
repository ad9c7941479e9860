"""Settings from the environment or a `.env` file; each is checked before anything starts."""

import hashlib
import re
from ipaddress import ip_address
from pathlib import Path
from typing import Annotated, Any, Literal, Self
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, BeforeValidator, Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict
from pydantic_settings.exceptions import SettingsError as SourceError

from bot.errors import SettingsError
from bot.ordinary_files import ordinary_text

_FILE = ".env"
_DATABASES = ("sqlite+aiosqlite:///", "postgresql+asyncpg://")


def _web_address(value: str) -> str:
    if not value.startswith(("http://", "https://")):
        raise ValueError("write an address that begins with https:// or http://")
    return value.rstrip("/")


def _bot_api_address(value: str) -> str:
    address = _web_address(value)
    if not address.endswith("/bot"):
        raise ValueError("write the address up to /bot, without the token, in the form http://127.0.0.1:8081/bot")
    return address


def _database_address(value: str) -> str:
    if not value.startswith(_DATABASES):
        raise ValueError(f"write {_DATABASES[0]}FILE or {_DATABASES[1]}USER:PASSWORD@HOST/NAME")
    return value


def _webhook_address(value: str) -> str:
    try:
        address = urlsplit(value)
        usable = bool(address.hostname) and address.port != 0
    except ValueError:  # a port or an IPv6 address that is none
        usable = False
    if not usable or re.search(r"[\s\\@?#]", value):
        raise ValueError("write the public address in the form https://assistant.example.org")
    if address.scheme != "https" and not (address.scheme == "http" and _is_loopback(str(address.hostname))):
        raise ValueError("write an address that begins with https://, or with http:// on this machine itself")
    return value.rstrip("/")


def _public_address(value: str) -> str:
    address = urlsplit(_webhook_address(value))
    if address.scheme != "https" or address.path not in {"", "/"}:
        raise ValueError("write the address alone, with no path behind it, in the form https://assistant.example.org")
    return value.rstrip("/")


def _sites(value: str) -> str:
    for site in value.split():
        if not re.fullmatch(r"'self'|https://(\*\.)?[a-z0-9.-]+(:[0-9]{1,5})?", site):
            raise ValueError("write sites in the form https://www.example.org, with a space between them")
    return " ".join(value.split())


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _webhook_secret(value: SecretStr) -> SecretStr:
    if not re.fullmatch(r"[A-Za-z0-9_-]{1,256}", value.get_secret_value()):
        raise ValueError("write 1 to 256 of the characters A-Z a-z 0-9 _ -")
    return value


def _host(value: str) -> str:
    if not re.fullmatch(r"[\w.:%-]+", value, re.ASCII):
        raise ValueError("write an address of this machine such as 127.0.0.1, without http:// and port")
    return value


def _staff_chat(value: int) -> int:
    if value >= 0:
        raise ValueError("write the number of the staff group, which is below zero, such as -1001234567890")
    return value


def _lower(value: Any) -> Any:
    return value.lower() if isinstance(value, str) else value


def _folder(value: Path) -> Path:
    if value.exists() and not value.is_dir():
        raise ValueError("write the name of a folder, this is a file")
    return value


def _time_zone(value: str) -> str:
    try:
        ZoneInfo(value)
    except (KeyError, ValueError, OSError):  # zoneinfo raises KeyError for a name it does not know
        raise ValueError("write a time zone such as Asia/Seoul") from None
    return value


class Settings(BaseSettings):
    """Every setting, its meaning and its default. Empty variables count as not set."""

    model_config = SettingsConfigDict(env_file=_FILE, env_ignore_empty=True, extra="ignore", frozen=True)

    telegram_bot_token: SecretStr | None = Field(None, description="the bot's token; without it, the local mode runs")
    telegram_bot_token_file: Path | None = Field(None, description="a file that holds the token, where that is not set")
    telegram_api_base_url: Annotated[str, AfterValidator(_bot_api_address)] = Field(
        "https://api.telegram.org/bot", description="another Bot API server, in the form http://127.0.0.1:8081/bot"
    )
    database_url: Annotated[str, AfterValidator(_database_address)] = Field(
        "sqlite+aiosqlite:///data/assistant.db", description="where questions are kept"
    )
    digest_key_file: Path | None = Field(
        None,
        description="the file with the key of citizens' digests; beside an SQLite file by default",
    )
    knowledge_dir: Path = Field(
        Path("knowledge"), description="the folder that has entries/, about.yaml, vocabulary.yaml and sources.yaml"
    )
    cache_dir: Annotated[Path, AfterValidator(_folder)] = Field(
        Path("data/cache"), description="where what is derived from the knowledge base is kept for a fast start"
    )
    journal_dir: Annotated[Path, AfterValidator(_folder)] | None = Field(
        None, description="where updates are kept while the database cannot be used; beside an SQLite file by default"
    )
    staff_chat_id: Annotated[int, AfterValidator(_staff_chat)] | None = Field(
        None, description="the Telegram group whose members are staff; without it, staff work on the command line"
    )
    staff_language: Literal["ko", "en"] = Field("ko", description="the language that staff read in their group")
    approval_required: bool = Field(
        False, description="whether a second staff member must approve an answer before it is sent"
    )
    webhook_url: Annotated[str, AfterValidator(_webhook_address)] | None = Field(
        None, description="the public address to which Telegram delivers; without it, long polling"
    )
    webhook_secret: Annotated[SecretStr, AfterValidator(_webhook_secret)] | None = Field(
        None, description="what Telegram proves itself with; without it, one is made and kept in the database"
    )
    http_host: Annotated[str, AfterValidator(_host)] = Field(
        "127.0.0.1", description="the address at which webhook, health and metrics are served"
    )
    http_port: int = Field(8080, ge=0, le=65535, description="the port of that address; 0 takes any free one")
    public_url: Annotated[str, AfterValidator(_public_address)] | None = Field(
        None, description="the https address at which citizens and staff open the pages"
    )
    web_chat: bool | None = Field(None, description="whether citizens can talk on a page; on without a token")
    web_chat_frame_ancestors: Annotated[str, AfterValidator(_sites)] | None = Field(
        None, description="the sites that may show the chat page inside theirs"
    )
    retention_days: int = Field(180, ge=1, le=3650, description="after how many days personal data is destroyed")
    conversation_minutes: int = Field(
        10, ge=1, le=30, description="for how many minutes a question is kept to understand the next one"
    )
    timezone: Annotated[str, AfterValidator(_time_zone)] = Field("Asia/Seoul", description="the citizens' time zone")
    log_format: Literal["text", "json"] | None = Field(None, description="text on a terminal, else json")
    log_level: Annotated[Literal["debug", "info", "warning", "error"], BeforeValidator(_lower)] = Field(
        "info", description="what is logged at least: debug, info, warning or error"
    )
    wrong_answers_accepted: float = Field(
        0.07, gt=0, lt=1, description="the largest share of the answers given that may be wrong"
    )
    least_useful_suggestion: float = Field(
        0.2, gt=0, lt=1, description="the least chance that one of the suggestions is right; below it none are made"
    )

    @classmethod
    def read(cls, **given: Any) -> Self:
        """The settings; values that are `given` count before the environment.

        Raises SettingsError naming every setting that is wrong.
        """
        if Path(_FILE).is_fifo():  # it would be waited for
            raise SettingsError(f"the settings cannot be read: {_FILE} is a pipe; write them into a file of that name")
        try:
            settings = cls(**{name: value for name, value in given.items() if value is not None}).with_token_of_file()
        except ValidationError as error:
            raise SettingsError("; ".join(map(_plain, error.errors()))) from None
        except SourceError as error:
            raise SettingsError(f"the settings cannot be read: {error}") from None
        if settings.web_chat and settings.telegram_bot_token and not settings.has_safe_pages:
            raise SettingsError(
                f"the setting PUBLIC_URL is missing: with WEB_CHAT on and HTTP_HOST {settings.http_host!r}, write the "
                "address at which citizens open the page, in the form https://assistant.example.org"
            )
        return settings

    def with_token_of_file(self) -> Self:
        """These settings, with the token of its file where it is not set itself. Raises SettingsError."""
        if self.telegram_bot_token or not self.telegram_bot_token_file:
            return self
        try:
            token = ordinary_text(self.telegram_bot_token_file, "utf-8-sig").strip()
        except (OSError, UnicodeError) as error:
            why = error.strerror if isinstance(error, OSError) else "it is no text"
            raise self._wrong_token_file(f"the file cannot be read ({why})") from None
        if not token:  # in the local mode everything would be open
            raise self._wrong_token_file("the file is empty; write the token into it")
        return self.model_copy(update={"telegram_bot_token": SecretStr(token)})

    def _wrong_token_file(self, why: str) -> SettingsError:
        return SettingsError(
            f"the setting TELEGRAM_BOT_TOKEN_FILE ({str(self.telegram_bot_token_file)!r}) is wrong: {why}"
        )

    @property
    def is_on_this_machine(self) -> bool:
        """Whether the web's door is for this machine alone."""
        return _is_loopback(self.http_host)

    @property
    def has_safe_pages(self) -> bool:
        """Whether nobody on the way can read the pages along."""
        return self.is_on_this_machine or self.public_url is not None

    @property
    def public_host(self) -> str | None:
        """The name at which browsers ask for the pages."""
        return urlsplit(self.public_url).hostname if self.public_url else None

    @property
    def serves_chat(self) -> bool:
        """Whether citizens can talk on a page."""
        return self.telegram_bot_token is None if self.web_chat is None else self.web_chat

    @property
    def journal_folder(self) -> Path:
        """Where updates are kept while the database cannot be used: a folder for each database."""
        if self.journal_dir is None and self.database_url.startswith(_DATABASES[0]):
            return Path(self.database_url.removeprefix(_DATABASES[0]) + ".updates")
        digest = hashlib.sha256(self.database_url.encode()).hexdigest()[:16]
        return (self.journal_dir or Path("data/journal")) / digest

    def shown(self) -> str:
        """The settings that were set, the database and the knowledge, without what is secret in them."""
        names = sorted(self.model_fields_set | {"database_url", "knowledge_dir"})
        given = ((name, getattr(self, name)) for name in names)
        return " ".join(
            f"{name.upper()}={'***' if isinstance(value, SecretStr) else _without_password(str(value))}"
            for name, value in given
            if value is not None
        )


def _plain(details: Any) -> str:
    field = str(details["loc"][0])
    shown = "" if _is_secret(field) else f" ({_without_password(details['input'])!r})"
    reason = details["msg"].removeprefix("Value error, ")
    return f"the setting {field.upper()}{shown} is wrong: {reason[0].lower() + reason[1:]}"


def _is_secret(field: str) -> bool:
    return "SecretStr" in str(Settings.model_fields[field].annotation)


def _without_password(value: Any) -> Any:
    """An address may hold a user's name and password, also in its query, or a bot's token; messages show none."""
    if not isinstance(value, str):
        return value
    shown = re.sub(r"//.*@", "//***@", value, flags=re.DOTALL)
    if "://" in shown:
        shown = re.sub(r"[?#].*", "?***", shown, flags=re.DOTALL)
    return re.sub(r"[0-9]{5,}:[A-Za-z0-9_-]{20,}", "***", shown)
