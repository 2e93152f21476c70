"""What may stand in which room. The import law itself is checked by import-linter (pyproject.toml)."""

import ast
import re
import sys
import tomllib
from importlib.metadata import packages_distributions

from tests.laws.tree import PRODUCT, ROOT, Module, imported, modules

# In one case throughout, as statements are written; prose that starts "Select articles from …" is none.
_SQL = re.compile(
    r"\s*(?:(?:SELECT|select)\s.+\s(?:FROM|from)\s|(?:INSERT|insert)\s+(?:INTO|into)\s|(?:UPDATE|update)\s+\w+\s+(?:SET|set)\s"
    r"|(?:DELETE|delete)\s+(?:FROM|from)\s|(?:CREATE|ALTER|DROP|create|alter|drop)\s+(?:TABLE|INDEX|VIEW|table|index|view)\s"
    r"|(?:PRAGMA|pragma)\s+\w)",
    re.DOTALL,
)


# Where the house waits below the desk: for the archive's threads, and for the web.
_WAITING = {"bot/archive/archive.py", "bot/wire/fetch.py"}


def test_nouns_and_the_archives_statements_never_wait() -> None:
    plain = [
        m
        for m in modules()
        if m.path.startswith(("bot/news/", "bot/archive/", "bot/index/", "bot/wire/", "bot/writer/"))
    ]
    waiting = [
        m.at(f) for m in plain if m.path not in _WAITING for f in m.functions() if isinstance(f, ast.AsyncFunctionDef)
    ]
    assert waiting == []


def test_statements_are_written_in_the_archive_only() -> None:
    elsewhere = [m for m in modules() if not m.path.startswith("bot/archive/")]
    assert [m.at(n) for m in elsewhere for n in _strings(m) if _SQL.match(n.value)] == []


def test_every_outside_library_has_a_door_in_the_import_law() -> None:
    law = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]
    doors = {name for contract in law["contracts"] for name in contract.get("forbidden_modules", ())}
    known = doors | set(sys.stdlib_module_names) | set(PRODUCT)
    assert [
        f"{m.path}: {name}" for m in modules() for _, name in imported(m.tree) if name.split(".")[0] not in known
    ] == []


def test_every_outside_library_is_asked_for_by_name() -> None:
    """What arrives only because another library wants it may go the same way."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    asked = {re.split(r"[^\w.-]", r, maxsplit=1)[0].lower() for r in project["dependencies"]}
    brought_by = packages_distributions()
    used = {name.split(".")[0] for m in modules() for _, name in imported(m.tree)} - set(sys.stdlib_module_names)
    assert [
        n
        for n in sorted(used - set(PRODUCT))
        if not asked & {d.lower().replace("_", "-") for d in brought_by.get(n, [])}
    ] == []


def test_only_settings_reads_the_environment() -> None:
    reading = [
        m.at(n)
        for m in modules()
        for n in ast.walk(m.tree)
        if isinstance(n, ast.Attribute) and n.attr in ("environ", "getenv", "environb") and ast.unparse(n.value) == "os"
    ]
    assert [place for place in reading if not place.startswith("config/settings.py")] == []


def test_packages_hold_a_docstring_and_re_exports_only() -> None:
    packages = [m for m in modules() if m.path.endswith("__init__.py")]
    assert [
        m.at(n)
        for m in packages
        for n in m.tree.body[1:]
        if not isinstance(n, ast.Import | ast.ImportFrom | ast.Assign)
    ] == []


def _strings(module: Module) -> list[ast.Constant]:
    return [n for n in ast.walk(module.tree) if isinstance(n, ast.Constant) and isinstance(n.value, str)]
