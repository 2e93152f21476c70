"""What the doctor says of the data folder, and how its diagnoses look."""

import json
import os
from pathlib import Path

import pytest

from handlers.console.as_json import diagnoses_line
from handlers.console.doctor import Diagnosis, Health, is_well, look_at_folder, show_diagnoses
from tests.handlers.console.makes import make_sheet

OK = Diagnosis(health=Health.OK, about="data folder", sentence="it can be read and written.")
WARN = Diagnosis(health=Health.WARN, about="disk", sentence="0.3 GB free.")
BAD = Diagnosis(
    health=Health.BAD, about="archive", sentence="the database is damaged; put back a copy from before, then try again."
)


def marks_of(folder: Path) -> dict[str, Health]:
    """The mark of each thing looked at."""
    return {diagnosis.about: diagnosis.health for diagnosis in look_at_folder(folder)}


def test_a_folder_that_does_not_exist_yet_is_in_order(tmp_path: Path) -> None:
    assert marks_of(tmp_path / "a" / "b")["data folder"] is Health.OK
    assert not (tmp_path / "a").exists()


def test_a_folder_that_can_be_written_is_in_order(tmp_path: Path) -> None:
    assert marks_of(tmp_path)["data folder"] is Health.OK


def test_a_file_in_place_of_the_folder_is_bad(tmp_path: Path) -> None:
    file = tmp_path / "data"
    file.write_text("")
    assert marks_of(file) == {"data folder": Health.BAD}


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may write everywhere")
def test_a_folder_without_rights_is_bad(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    assert marks_of(tmp_path)["data folder"] is Health.BAD


@pytest.mark.parametrize(
    ("diagnoses", "well", "verdict"),
    [
        ([OK], True, "In order."),
        ([OK, WARN], True, "In order, 1 to look at."),
        ([OK, WARN, BAD], False, "1 bad, 1 to look at."),
    ],
)
@pytest.mark.parametrize("width", [40, 80])
def test_diagnoses_end_in_a_verdict(diagnoses: list[Diagnosis], well: bool, verdict: str, width: int) -> None:
    sheet, file = make_sheet(width)
    show_diagnoses(sheet, diagnoses)
    *shown, last = file.getvalue().splitlines()
    assert last == verdict
    assert sum(line.startswith(("ok ", "warn ", "bad ")) for line in shown) == len(diagnoses)
    assert max(map(len, shown)) <= width
    assert is_well(diagnoses) is well


def test_diagnoses_can_be_read_by_programs() -> None:
    assert json.loads(diagnoses_line([OK, BAD])) == {
        "well": False,
        "diagnoses": [
            {"health": "ok", "about": OK.about, "sentence": OK.sentence},
            {"health": "bad", "about": BAD.about, "sentence": BAD.sentence},
        ],
    }
