"""A diagnosis: one thing the doctor looked at, how it was found, and the sentence about it."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum


class Health(Enum):
    """How a thing was found."""

    OK = "ok"
    WARN = "warn"
    BAD = "bad"


@dataclass(frozen=True, kw_only=True, slots=True)
class Diagnosis:
    """One thing that was looked at, and the sentence about it."""

    health: Health
    about: str
    sentence: str


def is_well(diagnoses: Sequence[Diagnosis]) -> bool:
    """Whether the desk can work: nothing is bad."""
    return all(diagnosis.health is not Health.BAD for diagnosis in diagnoses)
