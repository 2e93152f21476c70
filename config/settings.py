"""The environment as one value: Settings. The door to pydantic, and the only reader of the environment.

Only the wiring reads settings; every other part is handed the values it needs.
"""

import os
import re
from collections.abc import Callable, Iterator, Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, Literal, get_args
from zoneinfo import ZoneInfo, available_timezones

from pydantic import AfterValidator, BeforeValidator, Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, EnvSettingsSource, PydanticBaseSettingsSource, SettingsConfigDict

from bot.errors import ConfigError
from config import defaults

PREFIX = "NEWSDESK_"
TESTS_PREFIX = "NEWSDESK_TEST_"
"""Names that belong to our tests and mean nothing here."""

MODEL_FILES = ("model.onnx", "tokenizer.json")
"""What a folder named by NEWSDESK_MEANING holds."""

_LIKE = 0.75
"""Likeness from which a name is offered instead of a wrong one: one or two letters off, not another word."""

_SCHEME = re.compile(r"([a-z][a-z0-9+.-]{0,19})://", re.IGNORECASE)


def _folder(folder: Path) -> Path:
    folder = folder.expanduser()
    if folder.exists() and not folder.is_dir():
        raise ValueError(f"names {folder}, which is a file; name a folder")
    return folder


def _postgresql_address(address: SecretStr) -> SecretStr:
    """The address unchanged. What is said of a wrong one never goes beyond the scheme: the rest may be a password."""
    scheme = _SCHEME.match(address.get_secret_value())
    if scheme and scheme[1].lower() == "postgresql":
        return address
    found = f"starts with {scheme[1]}://" if scheme else "is not an address"
    raise ValueError(
        f"{found}, and only PostgreSQL is understood; write postgresql://USER:PASSWORD@HOST/DATABASE, "
        "or leave it out to keep everything in a file in the data folder"
    )


def _time_zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        raise ValueError(f"is {_clipped(name)}, which is no time zone; {_zone_hint(name)}") from None
    return name


def _zone_hint(name: str) -> str:
    # People write Paris, europe/paris or New York where the list says Europe/Paris and America/New_York.
    zones = sorted(available_timezones())
    spellings = {z.rsplit("/", 1)[-1].casefold(): z for z in zones} | {z.casefold(): z for z in zones}
    near = get_close_matches(name.strip().casefold().replace(" ", "_"), spellings, n=1, cutoff=_LIKE)
    return f"did you mean {spellings[near[0]]}?" if near else "write a name such as Europe/Paris"


def _meaning(value: object) -> object:
    if not isinstance(value, str) or value in ("minilm", "off"):
        return value
    folder = Path(value).expanduser()
    missing = [name for name in MODEL_FILES if not (folder / name).is_file()]
    if not missing:
        return folder
    if folder.is_dir():
        raise ValueError(f"names the folder {folder}, which has no {' and no '.join(missing)}")
    near = get_close_matches(value.lower(), ("minilm", "off"), n=1, cutoff=_LIKE)
    hint = (
        f"did you mean {near[0]}?" if near else f"write minilm, off, or a folder that holds {' and '.join(MODEL_FILES)}"
    )
    raise ValueError(f"is {_clipped(value)}, which is no folder; {hint}")


def _minutes(value: object) -> object:
    if isinstance(value, str):
        if not value.strip().isdigit() or not 0 < int(value) <= defaults.POLL_SLOWEST_MINUTES:
            raise ValueError(f"is {_clipped(value)}; write a number from 1 to {defaults.POLL_SLOWEST_MINUTES}")
        return int(value)
    return value


def _listen(value: str) -> str:
    host, _, port = value.rpartition(":")
    if value == "off" or (host and port.isdigit() and 0 < int(port) < 65536):
        return value
    raise ValueError(f"is {_clipped(value)}; write a host and a port such as 127.0.0.1:8620, or off")


def _host_and_port(place: str) -> tuple[str, int] | None:
    host, _, port = place.rpartition(":")
    return (host.strip("[]"), int(port)) if port.isdigit() else None


def _token(begins: str) -> Callable[[SecretStr], SecretStr]:
    """What refuses another token than the one that is meant; nothing of a wrong one is shown."""

    def check(token: SecretStr) -> SecretStr:
        if not token.get_secret_value().startswith(begins):
            raise ValueError(f"does not begin with {begins}; copy the right one of the app's tokens")
        return token

    return check


def _https(address: str) -> str:
    if not re.fullmatch(r"https://[^\s/]+(?:/[^\s]*)?", address):
        raise ValueError(f"is {_clipped(address)}; write the address at which Slack reaches this desk, with https://")
    return address.rstrip("/")


def _home(names: str) -> str:
    for name in filter(None, map(str.strip, names.split(","))):
        if not re.fullmatch(r"slack:T[A-Z0-9]+|discord:[0-9]{15,20}", name):
            raise ValueError(f"has {_clipped(name)}; write slack:T0123456789 or discord:123456789012345678")
    return names


def _lowered(value: object) -> object:
    return value.lower() if isinstance(value, str) else value


class Settings(BaseSettings):
    """Everything that can be set from outside, checked. docs/settings.md explains each for whoever sets it."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, env_ignore_empty=True, frozen=True, extra="forbid", hide_input_in_errors=True
    )

    data_dir: Annotated[Path, AfterValidator(_folder)] = Path("data")
    database_url: Annotated[SecretStr, AfterValidator(_postgresql_address)] | None = None
    time_zone: Annotated[str, AfterValidator(_time_zone)] = "UTC"
    meaning: Annotated[Literal["minilm", "off"] | Path, BeforeValidator(_meaning)] = "minilm"
    poll_minutes: Annotated[int, BeforeValidator(_minutes)] = defaults.POLL_FASTEST_MINUTES
    allow: str | None = None
    egress_proxy: SecretStr | None = None
    contact: str | None = None
    listen: Annotated[str, AfterValidator(_listen)] = "127.0.0.1:8620"
    slack_bot_token: Annotated[SecretStr, AfterValidator(_token("xoxb-"))] | None = None
    slack_app_token: Annotated[SecretStr, AfterValidator(_token("xapp-"))] | None = None
    slack_signing_secret: SecretStr | None = None
    slack_client_id: str | None = None
    slack_client_secret: SecretStr | None = None
    slack_listen: Annotated[str, AfterValidator(_listen)] = "off"
    slack_public_url: Annotated[str, AfterValidator(_https)] | None = None
    discord_token: SecretStr | None = None
    discord_role: str | None = None
    discord_publish: Annotated[Literal["on", "off"], BeforeValidator(_lowered)] = Field("on")
    home: Annotated[str, AfterValidator(_home)] | None = None
    channels_by: Annotated[Literal["members", "admins"], BeforeValidator(_lowered)] | None = None
    sources_by: Annotated[Literal["members", "admins"], BeforeValidator(_lowered)] = Field("admins")
    log_level: Annotated[Literal["debug", "info", "warning", "error"], BeforeValidator(_lowered)] = Field("warning")

    @property
    def zone(self) -> ZoneInfo:
        """The zone in which "yesterday" and "this week" are meant."""
        return ZoneInfo(self.time_zone)

    @property
    def allowed(self) -> tuple[str, ...]:
        """The places of an intranet that may be read."""
        return tuple(filter(None, (place.strip() for place in (self.allow or "").split(","))))

    @property
    def homes(self) -> tuple[tuple[str, str], ...]:
        """The workspaces and servers that share what is followed with the terminal: platform and the id there."""
        named = (home.strip().partition(":") for home in (self.home or "").split(",") if home.strip())
        return tuple((platform, id) for platform, _, id in named)

    @property
    def listens_at(self) -> tuple[str, int] | None:
        """Host and port at which the running desk tells how it does; None where it does not."""
        return _host_and_port(self.listen)

    @property
    def slack_listens_at(self) -> tuple[str, int] | None:
        """Host and port at which Slack's signed requests are taken; None where they come through a socket."""
        return _host_and_port(self.slack_listen)

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Only what load_settings() hands over, so that nothing is read behind its back."""
        return (init_settings,)


SECRETS = (
    "database_url", "egress_proxy", "slack_bot_token", "slack_app_token", "slack_signing_secret", "slack_client_secret",
    "discord_token",
)  # fmt: skip
"""Fields that can also be read from a file, named by the same variable with _FILE at its end."""


def load_settings(environ: Mapping[str, str] | None = None) -> Settings:
    """The settings of the environment; ConfigError lists everything that is wrong with them at once."""
    given = {name: value for name, value in (os.environ if environ is None else environ).items() if _is_ours(name)}
    faults = _unknown(given)
    values = _from_environment(given) | _from_files(given, faults)
    try:
        settings = Settings.model_validate(values)
    except ValidationError as fault:
        # Nothing of the value itself: it may be a secret.
        raise ConfigError([*faults, *_sentences(fault)]) from None
    if faults:
        raise ConfigError(faults)
    return settings


def faults_about_slack(settings: Settings) -> Iterator[str]:
    """What is wrong with the settings about Slack taken together: what is set and what is missing for it."""
    talks = settings.slack_bot_token is not None or settings.slack_client_id is not None
    if not talks:
        if settings.slack_app_token or settings.slack_signing_secret:
            yield "NEWSDESK_SLACK_BOT_TOKEN is missing; docs/slack.md says where it stands."
        return
    if settings.slack_app_token is None and settings.slack_listens_at is None:
        yield (
            "NEWSDESK_SLACK_APP_TOKEN is missing, with which Slack is listened to; or set NEWSDESK_SLACK_LISTEN and "
            "NEWSDESK_SLACK_SIGNING_SECRET to take its requests."
        )
    if settings.slack_listens_at is not None and settings.slack_app_token is None and not settings.slack_signing_secret:
        yield "NEWSDESK_SLACK_SIGNING_SECRET is missing: without it nobody knows which requests come from Slack."
    if sum(platform == "slack" for platform, _ in settings.homes) > 1:
        yield "NEWSDESK_HOME names more than one workspace of Slack; only one can share what this terminal follows."
    if settings.slack_client_id is not None:
        for name in ("slack_client_secret", "slack_public_url"):
            if getattr(settings, name) is None:
                yield f"{variable(name)} is missing, without which nobody can install the desk."
        if settings.slack_listens_at is None:
            yield "NEWSDESK_SLACK_LISTEN is missing: people who install the desk come back there."


def keep_within(folder: Path) -> None:
    """Let the library that draws keep its list of fonts in the data folder, and nothing in anybody's home."""
    os.environ["MPLCONFIGDIR"] = str(folder / "pictures")


def variable(field: str) -> str:
    """The name of the variable that sets the field."""
    return PREFIX + field.upper()


def _is_ours(name: str) -> bool:
    return name.startswith(PREFIX) and not name.startswith(TESTS_PREFIX)


def _unknown(given: Mapping[str, str]) -> list[str]:
    known = [*map(variable, Settings.model_fields), *(f"{variable(field)}_FILE" for field in SECRETS)]
    faults = []
    for name in sorted(set(given) - set(known)):
        # Without the prefix, which makes any two of them alike.
        near = get_close_matches(
            name.removeprefix(PREFIX).upper(), [k.removeprefix(PREFIX) for k in known], n=1, cutoff=_LIKE
        )
        hint = f"did you mean {PREFIX}{near[0]}?" if near else "docs/settings.md lists them all."
        faults.append(f"{_clipped(name)} is no setting of Newsdesk; {hint}")
    return faults


def _from_environment(given: Mapping[str, str]) -> dict[str, object]:
    source = EnvSettingsSource(Settings)
    source.env_vars = {name.lower(): value for name, value in given.items() if value.strip()}
    return dict(source())


def _from_files(given: Mapping[str, str], faults: list[str]) -> dict[str, object]:
    """The secrets that are kept in files; what is wrong with a file is added to the faults."""
    values: dict[str, object] = {}
    for field in SECRETS:
        name = f"{variable(field)}_FILE"
        if not given.get(name):
            continue
        if given.get(variable(field)):
            faults.append(f"{variable(field)} and {name} are both set; keep one of them.")
            continue
        try:
            values[field] = Path(given[name]).expanduser().read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError) as fault:
            reason = (fault.strerror or "it cannot be opened") if isinstance(fault, OSError) else "it is no UTF-8 text"
            faults.append(f"{name} names {_clipped(given[name])}, which cannot be read: {reason}.")
    return values


def _sentences(fault: ValidationError) -> list[str]:
    sentences = []
    for error in fault.errors(include_input=False, include_url=False):
        name = variable(str(error["loc"][0]))
        if error["type"] == "value_error":
            sentence = str(error["ctx"]["error"])
            sentences.append(f"{name} {sentence}{'' if sentence.endswith('?') else '.'}")
        else:
            words = " or ".join(_words(Settings.model_fields[str(error["loc"][0])].annotation))
            sentences.append(f"{name} is none of its words; write {words}.")
    return sentences


def _words(annotation: object) -> list[str]:
    """The words that a setting may be, also where it may be left out."""
    options = get_args(annotation)
    return [one for option in options for one in ([option] if isinstance(option, str) else _words(option))]


def _clipped(value: str) -> str:
    """The value in quotes, short and without anything a terminal would act on."""
    shown = value if len(value) <= 60 else value[:59] + "…"
    return repr(shown)
