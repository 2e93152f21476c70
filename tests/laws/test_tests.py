"""Tests use the real thing, or a fake written by hand; they never patch our own code."""

import ast
import re

from tests.laws.tree import imported, modules

REPLACING = {"setattr", "delattr", "setitem", "delitem"}


def test_no_test_uses_mocks() -> None:
    imports = [(m, n) for m in modules("tests") for n, _ in imported(m.tree)]
    assert [m.at(n) for m, n in imports if re.search(r"\b(?:mock|pytest_mock)\b", ast.unparse(n))] == []


def test_no_test_patches_code() -> None:
    calls = [(m, n) for m in modules("tests") for n in ast.walk(m.tree) if isinstance(n, ast.Attribute)]
    assert [
        m.at(n)
        for m, n in calls
        if n.attr in REPLACING and isinstance(n.value, ast.Name) and n.value.id == "monkeypatch"
    ] == []


def test_no_test_sleeps() -> None:
    calls = [(m, n) for m in modules("tests") for n in ast.walk(m.tree) if isinstance(n, ast.Call)]
    # The server's own start has to be waited for.
    assert [
        m.at(n)
        for m, n in calls
        if m.path != "tests/postgres.py" and ast.unparse(n.func) in ("time.sleep", "asyncio.sleep")
    ] == []


def test_test_names_are_sentences() -> None:
    named = [(m, f) for m in modules("tests") for f in m.functions() if f.name.startswith("test_")]
    assert [m.at(f) for m, f in named if len(re.findall(r"[a-z0-9]+", f.name)) < 4] == []
