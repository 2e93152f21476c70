"""The command itself, as a person or a program runs it: what it prints where, and its exit status."""

import json
import signal
import subprocess
from pathlib import Path

import pytest

from tests.flows.runs import ARTICLE, ASK, LATER, command, run, surroundings


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with one article."""
    place = tmp_path_factory.mktemp("console")
    (place / "glass.txt").write_text(ARTICLE, encoding="utf-8")
    added = run(place / "data", ["add", "--json", str(place / "glass.txt")])
    assert (added.returncode, added.stderr) == (0, "")
    assert json.loads(added.stdout)["added"] == ["glass.txt"]
    return place / "data"


def test_an_answer_is_shown_with_its_sources(data: Path) -> None:
    done = run(data, [*ASK, "What is the duty on imported glass in Marlow?"])
    assert (done.returncode, done.stderr) == (0, "")
    assert "31 percent" in done.stdout
    assert "\n[1]" in done.stdout
    assert "16 April 2025" in done.stdout


def test_many_questions_are_answered_in_order_and_a_bad_line_stops_none(data: Path) -> None:
    lines = (
        '{"id": "q-1", "question": "What is the duty on imported glass in Marlow?", "now": "2025-04-17"}',
        '{"id": "q-2", "text": "no question here"}',
        "\U0001f600",
        "Who leads the guild of glass makers?",
        "x" * 4000,
        '{"id": "q-6", "query": "Who won the chess final in Oslo?", "zone": "Europe/Oslo"}',
    )
    done = run(data, [*ASK, "--json", "-"], piped="\n".join(lines))
    told = [json.loads(line) for line in done.stdout.splitlines()]
    assert (done.returncode, done.stderr) == (1, "")
    assert [line["id"] for line in told] == ["q-1", "q-2", None, None, None, "q-6"]
    assert [line["status"] for line in told] == ["answered", "error", "error", "answered", "error", "nothing_found"]
    assert told[0]["citations"][0]["article"] == "glass.txt"
    assert "I could not find a question in that" in told[2]["error"]
    assert "Questions can have 1,000 characters; this has 4,000." in told[4]["error"]
    assert told[5]["points"] == []
    assert told[5]["searched"]["articles"] == 1


def test_search_brief_and_sources_tell_programs_what_they_found(data: Path) -> None:
    found = json.loads(run(data, ["search", "--json", "-k", "3", "glass", "duty"]).stdout)
    assert found["query"] == "glass duty"
    assert found["passages"][0]["article"] == "glass.txt"
    told = json.loads(run(data, ["brief", "--json", "--now", LATER, "--since", "2025-04-10", "glass"]).stdout)
    assert told["topic"] == "glass"
    assert told["searched"]["articles"] == 1
    listed = json.loads(run(data, ["sources", "--json"]).stdout)
    assert [source["articles"] for source in listed["sources"]] == [1]


def test_topics_are_matched_in_order_and_a_bad_line_stops_none(data: Path, tmp_path: Path) -> None:
    lines = ('{"id": "glass", "topic": "glass"}', '{"id": "none", "topic": "*"}', '{"id": "other", "topic": "zinc"}')
    (tmp_path / "watches.jsonl").write_text("\n".join(lines), encoding="utf-8")
    done = run(data, ["match", "--json", "--watches", str(tmp_path / "watches.jsonl")])
    told = [json.loads(line) for line in done.stdout.splitlines()]
    assert (done.returncode, done.stderr) == (1, "")
    assert told[0] == {"id": "glass", "articles": ["glass.txt"]}
    assert (told[1]["id"], told[1]["status"]) == ("none", "error")
    assert told[2] == {"id": "other", "articles": []}
    shown = run(data, ["match", "--watches", "-"], piped=lines[0])
    assert (shown.returncode, shown.stderr) == (0, "")
    assert shown.stdout.splitlines()[:2] == ["glass: 1 article", "  glass.txt"]


def test_a_file_of_topics_that_is_not_there_is_named(data: Path, tmp_path: Path) -> None:
    done = run(data, ["match", "--watches", str(tmp_path / "missing.jsonl")])
    assert (done.returncode, done.stdout) == (1, "")
    assert "missing.jsonl: there is no such file" in done.stderr


def test_a_conversation_works_through_a_pipe(data: Path) -> None:
    typed = "Who leads the guild of glass makers?\n/nothing\n/quit\n"
    done = run(data, ["chat", "--now", LATER], piped=typed)
    assert (done.returncode, done.stderr) == (0, "")
    assert "Orla Quint" in done.stdout
    assert "I do not know /nothing" in done.stdout


def test_the_doctor_finds_a_good_desk_in_order(data: Path) -> None:
    done = run(data, ["doctor"])
    assert done.returncode == 0
    assert "In order" in done.stdout
    quiet = run(data, ["doctor", "--quiet"])
    assert (quiet.returncode, quiet.stdout, quiet.stderr) == (0, "", "")


def test_the_index_can_be_made_anew(data: Path) -> None:
    done = run(data, ["reindex"])
    assert (done.returncode, done.stdout) == (0, "1 article and the meaning of 0 passages indexed.\n")
    assert "31 percent" in run(data, [*ASK, "What is the duty on glass?"]).stdout


def test_refused_input_is_named_and_the_rest_is_done(tmp_path: Path) -> None:
    (tmp_path / "glass.txt").write_text(ARTICLE, encoding="utf-8")
    (tmp_path / "photo.txt").write_bytes(bytes(range(256)) * 40)
    done = run(tmp_path / "data", ["add", str(tmp_path / "*.txt"), str(tmp_path / "missing.md")])
    assert done.returncode == 1
    assert done.stdout.startswith("1 article added, 2 refused.")
    shown = "".join(done.stdout.split())  # long folders are broken off at the width of the terminal
    assert "photo.txt" in shown
    assert "missing.md" in shown


@pytest.mark.parametrize(
    ("arguments", "status", "sentence"),
    [
        (["aks", "who?"], 2, "no such command 'aks'. Did you mean 'ask'?"),
        (["ask", "--jsno", "who?"], 2, "newsdesk ask has no option --jsno; did you mean --json?"),
        (["ask", "--data", "elsewhere", "who?"], 2, "--data goes before the command: newsdesk --data … ask."),
        (["ask"], 2, "missing argument 'QUESTION'"),
        (["ask", "--zone", "europe/pariss", "who?"], 2, "did you mean Europe/Paris?"),
        (["ask", "--now", "noonish", "who?"], 2, "I cannot read `noonish` as a moment"),
        (["brief", "--since", "whenever"], 1, "I cannot read `whenever` as a time"),
        (["search", "-k", "0", "glass"], 2, "-k"),
        (["ask", "who?"], 1, "othing has been added yet"),
        (["check"], 0, ""),
    ],
)
def test_a_fault_is_one_sentence_and_a_status(tmp_path: Path, arguments: list[str], status: int, sentence: str) -> None:
    done = run(tmp_path / "data", arguments)
    assert done.returncode == status
    assert sentence in done.stderr
    assert done.stderr.count("\n") == (1 if status else 0)
    assert not done.stderr or done.stderr.startswith("newsdesk: ")
    assert not (tmp_path / "data").exists(), "nothing is made by asking"


def test_every_wrong_setting_is_named(tmp_path: Path) -> None:
    done = run(tmp_path / "data", ["check"], NEWSDESK_TIME_ZON="UTC", NEWSDESK_LOG_LEVEL="loud")
    assert done.returncode == 2
    assert "did you mean NEWSDESK_TIME_ZONE?" in done.stderr
    assert "NEWSDESK_LOG_LEVEL" in done.stderr


def test_a_damaged_database_is_explained(tmp_path: Path) -> None:
    place = tmp_path / "data"
    place.mkdir()
    (place / "newsdesk.db").write_bytes(b"this is no database" * 1000)
    done = run(place, ["ask", "who?"])
    assert (done.returncode, done.stdout) == (2, "")
    assert "damaged" in done.stderr
    doctor = run(place, ["doctor", "--quiet"])
    assert (doctor.returncode, doctor.stdout, doctor.stderr) == (1, "", "")


def test_an_interruption_is_one_line(data: Path) -> None:
    talk = subprocess.Popen(
        command(data, "chat"),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=surroundings(PYTHONUNBUFFERED="1"),
        text=True,
    )
    assert talk.stdin
    assert talk.stdout
    talk.stdin.write("/help\n")
    talk.stdin.flush()
    assert talk.stdout.readline()
    talk.send_signal(signal.SIGINT)
    _, err = talk.communicate(timeout=30)
    assert talk.returncode == 130
    assert err == "newsdesk: stopped.\n"


def test_a_reader_who_leaves_is_not_complained_to(data: Path) -> None:
    search = subprocess.Popen(
        command(data, "search", "--json", "-"),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=surroundings(),
    )
    assert search.stdin
    assert search.stdout
    search.stdin.write(b"glass\n")
    search.stdin.flush()
    assert search.stdout.readline()
    search.stdout.close()
    search.stdin.write(b"glass\n" * 3)
    search.stdin.close()
    search.stdin = None
    search.wait(timeout=30)
    assert search.stderr
    assert search.stderr.read() == b""
    assert search.returncode == 0
