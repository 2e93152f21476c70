"""Fitting linear weights: which of several is right, and whether one thing holds."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from zlib import crc32

import numpy as np
import numpy.typing as npt

from bench.commands import ROOT
from config import weights

_FOLDS = 5
_STEPS = 30
_CURVE = """# When the desk refuses

Written by `python -m bench.fit`. An answer is given when the confidence of its grounds reaches `CONFIDENCE` in
`config/defaults/`. Each cell shows what that threshold would do on questions that the weights were not fitted on
(five folds): the share of questions with an answer that get one / the share without one that are refused.

- **half**, **other halves**: questions about several reports; without an answer are those whose articles were left out.
- **reports**: the same questions over all articles, and questions that no article answers.
- **quiz**: short questions; without an answer are those whose articles were left out while others on the same people,
  places and events stayed.

{table}
"""
Weights = tuple[float, ...]
Matrix = npt.NDArray[np.float64]


@dataclass(frozen=True, kw_only=True, slots=True)
class Choice:
    """The signs of everything there was to choose from, and which of it was right; `group` is weighed as one."""

    group: str
    id: str
    signs: Sequence[Sequence[float]]
    right: Sequence[bool]


def fit_ranking(name: str, choices: Sequence[Choice]) -> Weights:
    """Weights that put what is right first (softmax over each question's candidates)."""
    usable = [choice for choice in choices if any(choice.right)]

    def right_first(held: Sequence[Choice], fitted: Weights) -> dict[str, list[bool]]:
        found: dict[str, list[bool]] = {}
        for choice in held:
            best = int(np.argmax(np.array(choice.signs) @ np.array(fitted)))
            found.setdefault(choice.group, []).append(choice.right[best])
        return found

    _print_held_out(name, usable, _ranking, right_first)
    return _ranking(usable)


def fit_choice(name: str, choices: Sequence[Choice], senses: Sequence[int]) -> Weights:
    """Weights, the constant last, whose sum is above zero where something holds; a group's yes and no count alike.

    `senses` says of each sign whether it can only speak for it (1), only against it (-1) or either way (0). Keeping to
    that costs nothing on the questions fitted on and guards against odd weights for other questions.
    """
    _print_held_out(name, choices, lambda some: _logistic(some, senses), share_right)
    return _logistic(choices, senses)


def fit_odds(signs: Matrix, right: Matrix, each: Matrix, keep_small: float) -> Matrix:
    """Weights, the constant last, with which signs sum up to the logarithm of odds; `each` says how much one counts."""
    mean, spread = signs.mean(axis=0), signs.std(axis=0) + 1e-9
    scaled = np.c_[(signs - mean) / spread, np.ones(len(signs))]
    each = each / each.sum()
    at = np.zeros(scaled.shape[1])
    for _ in range(_STEPS):
        said = 1 / (1 + np.exp(-scaled @ at))
        slope = scaled.T @ (each * (said - right)) + keep_small * np.r_[at[:-1], 0.0]
        bend = (scaled.T * (each * said * (1 - said))) @ scaled + keep_small * np.eye(len(at))
        at -= np.linalg.solve(bend, slope)
    found: Matrix = at[:-1] / spread
    weights: Matrix = np.r_[found, at[-1] - float((mean * found).sum())]
    return weights


def share_right(choices: Sequence[Choice], fitted: Weights) -> dict[str, list[bool]]:
    """For each group and side whether the fitted weights decide it rightly."""
    found: dict[str, list[bool]] = {}
    for choice in choices:
        said = float(np.dot(choice.signs[0], fitted[:-1])) + fitted[-1] > 0
        side = "answer" if choice.right[0] else "refuse"
        found.setdefault(f"{choice.group}, {side}", []).append(said == choice.right[0])
    return found


def held_out_sums(choices: Sequence[Choice], senses: Sequence[int]) -> list[float]:
    """For each choice the sum that weights fitted on the other folds give it."""
    sums = [0.0] * len(choices)
    for fold in range(_FOLDS):
        mine = [number for number, choice in enumerate(choices) if crc32(choice.id.encode()) % _FOLDS == fold]
        fitted = _logistic([choice for number, choice in enumerate(choices) if number not in set(mine)], senses)
        for number in mine:
            sums[number] = float(np.dot(choices[number].signs[0], fitted[:-1])) + fitted[-1]
    return sums


def write_curve(choices: Sequence[Choice], sums: Sequence[float], page: Path) -> None:
    """Writes what each threshold on the confidence would answer and refuse, by group, as a page."""
    groups = sorted({choice.group for choice in choices})
    confidence = [1 / (1 + float(np.exp(-np.clip(total, -50, 50)))) for total in sums]
    rows = []
    for step in range(1, 20):
        threshold = step / 20
        cells = []
        for group in groups:
            sides = [
                [given >= threshold for choice, given in zip(choices, confidence, strict=True)
                 if choice.group == group and choice.right[0] is wanted]
                for wanted in (True, False)
            ]  # fmt: skip
            answered, refused = (sum(side) / max(len(side), 1) for side in sides)
            cells.append(f"{answered:.2f} / {1 - refused:.2f}")
        rows.append(f"| {threshold:.2f} | {' | '.join(cells)} |")
    head = f"| confidence | {' | '.join(groups)} |\n|---|{'---|' * len(groups)}"
    page.write_text(_CURVE.format(table="\n".join([head, *rows])), encoding="utf-8")


def write_weights() -> None:
    """Writes the weights as they now are into config/weights.py, keeping its words."""
    path = ROOT / "config" / "weights.py"
    lines = []
    skipping = False
    for line in path.read_text(encoding="utf-8").splitlines():
        name = line.split(":")[0]
        if name.isupper() and line.endswith("("):
            lines += [line, *(f"    {value}," for value in getattr(weights, name)), ")"]
            skipping = True
        elif skipping:
            skipping = line != ")"
        else:
            lines.append(line)
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _print_held_out(
    name: str,
    choices: Sequence[Choice],
    fit: Callable[[Sequence[Choice]], Weights],
    judge: Callable[[Sequence[Choice], Weights], dict[str, list[bool]]],
) -> None:
    """The share decided rightly by weights fitted on the other folds, for each group."""
    found: dict[str, list[bool]] = {}
    for fold in range(_FOLDS):
        fitted = fit([choice for choice in choices if crc32(choice.id.encode()) % _FOLDS != fold])
        held = [choice for choice in choices if crc32(choice.id.encode()) % _FOLDS == fold]
        for group, right in judge(held, fitted).items():
            found.setdefault(group, []).extend(right)
    for group, right in sorted(found.items()):
        print(f"{name:10} {group:24} {sum(right) / len(right):.3f} of {len(right)}")


def _ranking(choices: Sequence[Choice], keep_small: float = 1e-2) -> Weights:
    every = np.concatenate([np.array(choice.signs, np.float64) for choice in choices])
    mean, spread = every.mean(axis=0), every.std(axis=0) + 1e-9
    longest = max(len(choice.signs) for choice in choices)
    signs = np.zeros((len(choices), longest, every.shape[1]))
    there = np.zeros((len(choices), longest), bool)
    wanted = np.zeros((len(choices), longest))
    for row, choice in enumerate(choices):
        size = len(choice.signs)
        signs[row, :size] = (np.array(choice.signs) - mean) / spread
        there[row, :size] = True
        wanted[row, :size] = np.array(choice.right, float) / sum(choice.right)
    counts = {group: sum(choice.group == group for choice in choices) for group in {c.group for c in choices}}
    weight = np.array([len(choices) / len(counts) / counts[choice.group] for choice in choices])

    def slope(fitted: Matrix) -> Matrix:
        score = np.where(there, signs @ fitted, -1e9)
        share = np.exp(score - score.max(axis=1, keepdims=True))
        share /= share.sum(axis=1, keepdims=True)
        off = (share - wanted) * weight[:, None]
        return np.asarray(np.einsum("ij,ijd->d", off, signs) / len(choices) + keep_small * fitted)

    fitted = _descend(slope, every.shape[1], 250, 0.05) / spread
    return tuple(round(float(value), 3) for value in fitted)


def _logistic(choices: Sequence[Choice], senses: Sequence[int], keep_small: float = 3e-3) -> Weights:
    every = np.array([choice.signs[0] for choice in choices], np.float64)
    right = np.array([choice.right[0] for choice in choices], np.float64)
    mean, spread = every.mean(axis=0), every.std(axis=0)
    varies = spread > 1e-6
    signs = np.c_[np.where(varies, (every - mean) / np.where(varies, spread, 1.0), 0.0), np.ones(len(every))]
    sides = [(choice.group, choice.right[0]) for choice in choices]
    counts = {side: sides.count(side) for side in set(sides)}
    weight = np.array([len(sides) / len(counts) / counts[side] for side in sides])

    def slope(fitted: Matrix) -> Matrix:
        said = 1 / (1 + np.exp(-signs @ fitted))
        return np.asarray(signs.T @ (weight * (said - right)) / len(sides) + keep_small * np.r_[fitted[:-1], 0.0])

    bounds = np.array([*senses, 0])
    fitted = _descend(slope, signs.shape[1], 800, 0.05, bounds)
    scaled = np.where(varies, fitted[:-1] / np.where(varies, spread, 1.0), 0.0)
    constant = fitted[-1] - float(scaled @ mean)
    return tuple(round(float(value), 3) for value in [*scaled, constant])


def _descend(
    slope: Callable[[Matrix], Matrix], size: int, steps: int, rate: float, bounds: Matrix | None = None
) -> Matrix:
    """Adam, from zero; where bounds are 1 or -1 the value keeps that sign."""
    at, first, second = np.zeros(size), np.zeros(size), np.zeros(size)
    for step in range(1, steps + 1):
        down = slope(at)
        first = 0.9 * first + 0.1 * down
        second = 0.999 * second + 0.001 * down**2
        at = at - rate * (first / (1 - 0.9**step)) / (np.sqrt(second / (1 - 0.999**step)) + 1e-8)
        if bounds is not None:
            at = np.where(bounds * at < 0, 0.0, at)
    return at
