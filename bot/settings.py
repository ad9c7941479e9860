"""Settings from the environment or a `.env` file; each is checked before anything starts."""

from pathlib import Path
from typing import Annotated, Any, Literal, Self
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict
from pydantic_settings.exceptions import SettingsError as SourceError

from bot.errors import SettingsError

_DATABASES = ("sqlite+aiosqlite:///", "postgresql+asyncpg://")


def _web_address(value: str) -> str:
    if not value.startswith(("http://", "https://")):
        raise ValueError("write an address that begins with https:// or http://")
    return value.rstrip("/")


def _database_address(value: str) -> str:
    if not value.startswith(_DATABASES):
        raise ValueError(f"write {_DATABASES[0]}FILE or {_DATABASES[1]}USER:PASSWORD@HOST/NAME")
    return value


def _time_zone(value: str) -> str:
    try:
        ZoneInfo(value)
    except (KeyError, ValueError, OSError):  # zoneinfo raises KeyError for a name it does not know
        raise ValueError("write a time zone such as Asia/Seoul") from None
    return value


class Settings(BaseSettings):
    """Every setting, its meaning and its default. Empty variables count as not set."""

    model_config = SettingsConfigDict(env_file=".env", env_ignore_empty=True, extra="ignore", frozen=True)

    telegram_bot_token: SecretStr | None = Field(None, description="the bot's token; without it, the local mode runs")
    telegram_api_base_url: Annotated[str, AfterValidator(_web_address)] = Field(
        "https://api.telegram.org/bot", description="another Bot API server, in the form http://127.0.0.1:8081/bot"
    )
    database_url: Annotated[str, AfterValidator(_database_address)] = Field(
        "sqlite+aiosqlite:///data/assistant.db", description="where questions are kept"
    )
    knowledge_dir: Path = Field(
        Path("knowledge"), description="the folder that has entries/, vocabulary.yaml and sources.yaml"
    )
    retention_days: int = Field(180, ge=1, le=3650, description="after how many days personal data is destroyed")
    conversation_minutes: int = Field(
        10, ge=1, le=30, description="for how many minutes a question is kept to understand the next one"
    )
    timezone: Annotated[str, AfterValidator(_time_zone)] = Field("Asia/Seoul", description="the citizens' time zone")
    log_format: Literal["text", "json"] | None = Field(None, description="text on a terminal, else json")
    wrong_answers_accepted: float = Field(
        0.07, gt=0, lt=1, description="the largest share of the answers given that may be wrong"
    )
    least_useful_suggestion: float = Field(
        0.03, gt=0, lt=1, description="the least chance of being right that makes an entry a suggestion"
    )

    @classmethod
    def read(cls, **given: Any) -> Self:
        """The settings; values that are `given` count before the environment.

        Raises SettingsError naming every setting that is wrong.
        """
        try:
            return cls(**{name: value for name, value in given.items() if value is not None})
        except ValidationError as error:
            raise SettingsError("; ".join(map(_plain, error.errors()))) from None
        except SourceError as error:
            raise SettingsError(f"the settings cannot be read: {error}") from None


def _plain(details: Any) -> str:
    name = str(details["loc"][0]).upper()
    shown = "" if "TOKEN" in name else f" ({details['input']!r})"
    reason = details["msg"].removeprefix("Value error, ")
    return f"the setting {name}{shown} is wrong: {reason[0].lower() + reason[1:]}"
