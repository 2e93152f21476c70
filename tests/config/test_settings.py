import re
import subprocess
import sys
from pathlib import Path

import pytest

from bot.errors import ConfigError
from config.settings import SECRETS, Settings, faults_about_slack, load_settings, variable
from tests.laws.tree import ROOT

PASSWORD = "correct-horse"


def faults_of(**environ: str) -> str:
    with pytest.raises(ConfigError) as caught:
        load_settings(environ)
    assert all(f[-1] in ".?" for f in caught.value.faults)
    return "\n".join(caught.value.faults)


def test_an_empty_environment_gives_settings_that_work() -> None:
    settings = load_settings({})
    assert (settings.data_dir, settings.database_url, settings.meaning) == (Path("data"), None, "minilm")
    assert str(settings.zone) == "UTC"


def test_every_setting_can_be_set(tmp_path: Path) -> None:
    settings = load_settings(
        {
            "NEWSDESK_DATA_DIR": str(tmp_path),
            "NEWSDESK_DATABASE_URL": f"postgresql://desk:{PASSWORD}@db/news",
            "NEWSDESK_TIME_ZONE": "Europe/Paris",
            "NEWSDESK_MEANING": "off",
            "NEWSDESK_LOG_LEVEL": "INFO",
            "NEWSDESK_POLL_MINUTES": "5",
            "NEWSDESK_ALLOW": "wiki.example:8080, 10.1.0.0/16",
            "NEWSDESK_EGRESS_PROXY": f"http://desk:{PASSWORD}@proxy:3128",
            "NEWSDESK_CONTACT": "https://news.example/about",
            "NEWSDESK_LISTEN": "0.0.0.0:9000",
        }
    )
    assert (settings.poll_minutes, settings.allowed) == (5, ("wiki.example:8080", "10.1.0.0/16"))
    assert (settings.contact, settings.listens_at) == ("https://news.example/about", ("0.0.0.0", 9000))
    assert settings.egress_proxy is not None
    assert settings.database_url is not None
    assert settings.database_url.get_secret_value() == f"postgresql://desk:{PASSWORD}@db/news"
    assert settings.data_dir == tmp_path
    assert str(settings.zone) == "Europe/Paris"
    assert (settings.meaning, settings.log_level) == ("off", "info")
    assert PASSWORD not in repr(settings)


def test_an_empty_variable_counts_as_not_set() -> None:
    assert load_settings({"NEWSDESK_TIME_ZONE": "", "NEWSDESK_DATABASE_URL": " "}) == load_settings({})


def test_other_peoples_variables_and_those_of_the_tests_are_passed_over() -> None:
    assert load_settings({"PATH": "/bin", "NEWSDESK_TEST_POSTGRES": "required"}) == load_settings({})


def test_all_faults_are_told_at_once() -> None:
    faults = faults_of(
        NEWSDESK_TIME_ZONE="Mars/Base", NEWSDESK_LOG_LEVEL="loud", NEWSDESK_DATABAS_URL="x", NEWSDESK_MEANING="on"
    )
    assert len(faults.splitlines()) == 4


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("NEWSDESK_DATABAS_URL", "NEWSDESK_DATABASE_URL"),
        ("NEWSDESK_TIMEZONE", "NEWSDESK_TIME_ZONE"),
        ("NEWSDESK_data_dir", "NEWSDESK_DATA_DIR"),
    ],
)
def test_an_unknown_setting_is_refused_with_the_one_that_was_meant(name: str, meant: str) -> None:
    assert faults_of(**{name: "x"}) == f"'{name}' is no setting of Newsdesk; did you mean {meant}?"


def test_a_setting_like_no_other_is_refused_with_where_the_list_is() -> None:
    assert faults_of(NEWSDESK_XYZZY="1").endswith("is no setting of Newsdesk; docs/settings.md lists them all.")


@pytest.mark.parametrize("token", [f"xapp-{PASSWORD}", PASSWORD])
def test_a_token_of_another_kind_is_refused_and_never_shown(token: str) -> None:
    said = faults_of(NEWSDESK_SLACK_BOT_TOKEN=token)
    assert said.startswith("NEWSDESK_SLACK_BOT_TOKEN does not begin with xoxb-")
    assert PASSWORD not in said


def test_homes_are_workspaces_and_servers_by_their_ids() -> None:
    homes = load_settings({"NEWSDESK_HOME": "slack:T0123, discord:123456789012345678"}).homes
    assert homes == (("slack", "T0123"), ("discord", "123456789012345678"))
    assert faults_of(NEWSDESK_HOME="our team").endswith("write slack:T0123456789 or discord:123456789012345678.")


@pytest.mark.parametrize(
    ("address", "said"),
    [
        (f"mysql://desk:{PASSWORD}@db/news", "starts with mysql://"),
        (f"desk:{PASSWORD}@db/news", "is not an address"),
        (PASSWORD, "is not an address"),
    ],
)
def test_a_database_other_than_postgresql_is_refused_without_showing_the_password(address: str, said: str) -> None:
    faults = faults_of(NEWSDESK_DATABASE_URL=address)
    assert faults.startswith(f"NEWSDESK_DATABASE_URL {said}")
    assert PASSWORD not in faults


@pytest.mark.parametrize(
    ("zone", "meant"),
    [
        ("Paris", "Europe/Paris"),
        ("america/new_york", "America/New_York"),
        ("New York", "America/New_York"),
        ("Europe/Pariss", "Europe/Paris"),
        ("EST5EDTX", "EST5EDT"),
    ],
)
def test_a_wrong_zone_is_refused_with_the_nearest_one(zone: str, meant: str) -> None:
    assert faults_of(NEWSDESK_TIME_ZONE=zone).endswith(f"which is no time zone; did you mean {meant}?")


@pytest.mark.parametrize("zone", ["UTC+25", "../etc/passwd", "/etc/passwd", "Europe", "CST", "\x1b[31m"])
def test_what_is_no_zone_at_all_is_refused_with_an_example(zone: str) -> None:
    faults = faults_of(NEWSDESK_TIME_ZONE=zone)
    assert faults.endswith("write a name such as Europe/Paris.")
    assert "\x1b" not in faults


def test_a_folder_with_an_encoder_is_a_way_to_compare_by_meaning(tmp_path: Path) -> None:
    (tmp_path / "model.onnx").touch()
    assert "no tokenizer.json" in faults_of(NEWSDESK_MEANING=str(tmp_path))
    (tmp_path / "tokenizer.json").touch()
    assert load_settings({"NEWSDESK_MEANING": str(tmp_path)}).meaning == tmp_path


def test_a_misspelt_encoder_is_refused_with_the_one_that_was_meant() -> None:
    assert faults_of(NEWSDESK_MEANING="minlm").endswith("did you mean minilm?")


def test_a_data_folder_that_is_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "data").touch()
    assert "which is a file; name a folder" in faults_of(NEWSDESK_DATA_DIR=str(tmp_path / "data"))


@pytest.mark.parametrize("minutes", ["-1", "0", "soon", "1e3", "100000"])
def test_minutes_between_readings_that_make_no_sense_are_refused(minutes: str) -> None:
    assert faults_of(NEWSDESK_POLL_MINUTES=minutes).endswith("write a number from 1 to 240.")


@pytest.mark.parametrize("listen", ["8620", "abc", "127.0.0.1:0", "127.0.0.1:99999", ":80"])
def test_a_place_to_listen_at_that_is_none_is_refused(listen: str) -> None:
    assert faults_of(NEWSDESK_LISTEN=listen).endswith("write a host and a port such as 127.0.0.1:8620, or off.")


def test_listening_can_be_left_out() -> None:
    assert load_settings({"NEWSDESK_LISTEN": "off"}).listens_at is None


def test_the_database_address_can_be_kept_in_a_file(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text(f"postgresql://desk:{PASSWORD}@db/news\n")
    settings = load_settings({"NEWSDESK_DATABASE_URL_FILE": str(secret)})
    assert settings.database_url is not None
    assert settings.database_url.get_secret_value() == f"postgresql://desk:{PASSWORD}@db/news"


def test_a_secret_file_that_cannot_be_used_is_told(tmp_path: Path) -> None:
    missing = str(tmp_path / "none")
    assert "cannot be read: No such file or directory." in faults_of(NEWSDESK_DATABASE_URL_FILE=missing)
    (tmp_path / "bytes").write_bytes(b"\xff\xfe")
    assert "no UTF-8 text." in faults_of(NEWSDESK_DATABASE_URL_FILE=str(tmp_path / "bytes"))
    both = faults_of(NEWSDESK_DATABASE_URL_FILE=missing, NEWSDESK_DATABASE_URL="postgresql:///news")
    assert both == "NEWSDESK_DATABASE_URL and NEWSDESK_DATABASE_URL_FILE are both set; keep one of them."


def test_the_page_on_settings_lists_every_setting_with_its_default() -> None:
    page = (ROOT / "docs/settings.md").read_text(encoding="utf-8")
    rows = dict(re.findall(r"^\| `(NEWSDESK_\w+)` \| (.*?) \|", page, re.MULTILINE))
    defaults = {variable(name): field.default for name, field in Settings.model_fields.items()}
    assert rows == {name: "not set" if value is None else f"`{value}`" for name, value in defaults.items()}
    about_files = page.partition("## Secrets in files")[2]
    assert all(f"`{variable(field)}`" in about_files for field in SECRETS)


def test_what_a_library_keeps_is_kept_in_the_data_folder(tmp_path: Path) -> None:
    draw = f"""
from pathlib import Path
from config.settings import keep_within
keep_within(Path({str(tmp_path / "data")!r}))
import matplotlib.font_manager
"""
    home = tmp_path / "home"
    home.mkdir()
    subprocess.run([sys.executable, "-c", draw], check=True, cwd=ROOT, env={"HOME": str(home)})
    assert list(home.rglob("*")) == []
    assert any((tmp_path / "data" / "pictures").iterdir())


_BOT, _APP = "xoxb-1-secret", "xapp-1-secret"


@pytest.mark.parametrize(
    ("given", "missing"),
    [
        ({"SLACK_BOT_TOKEN": _BOT}, "NEWSDESK_SLACK_APP_TOKEN is missing"),
        ({"SLACK_APP_TOKEN": _APP}, "NEWSDESK_SLACK_BOT_TOKEN is missing"),
        ({"SLACK_BOT_TOKEN": _BOT, "SLACK_LISTEN": "0.0.0.0:8621"}, "NEWSDESK_SLACK_SIGNING_SECRET is missing"),
        ({"SLACK_CLIENT_ID": "1.2", "SLACK_APP_TOKEN": _APP}, "NEWSDESK_SLACK_CLIENT_SECRET is missing"),
    ],
)
def test_what_is_missing_for_slack_is_said_by_name(given: dict[str, str], missing: str) -> None:
    settings = load_settings({f"NEWSDESK_{name}": value for name, value in given.items()})
    assert any(fault.startswith(missing) for fault in faults_about_slack(settings))


@pytest.mark.parametrize(
    "given",
    [
        {},
        {"DISCORD_TOKEN": "t"},
        {"SLACK_BOT_TOKEN": _BOT, "SLACK_APP_TOKEN": _APP},
        {"SLACK_BOT_TOKEN": _BOT, "SLACK_SIGNING_SECRET": "s", "SLACK_LISTEN": "0.0.0.0:8621"},
    ],
)
def test_what_is_enough_is_enough(given: dict[str, str]) -> None:
    settings = load_settings({f"NEWSDESK_{name}": value for name, value in given.items()})
    assert list(faults_about_slack(settings)) == []
