"""Names come from the newsroom (docs/newsroom.md) and every public one is explained."""

import ast
import re
from collections.abc import Iterator
from pathlib import PurePosixPath

from tests.laws.tree import modules

FORBIDDEN = {"util", "utils", "helper", "helpers", "manager", "service", "base", "common", "misc", "data", "info"}


def test_no_file_class_or_function_has_a_name_that_says_nothing() -> None:
    assert [f"{where}: {name}" for where, name in _names() if FORBIDDEN & set(_parts(name))] == []


def test_every_public_class_and_function_says_what_it_gives() -> None:
    assert [
        f"{m.path}: {name}" for m in modules() for name, node in _public(m.tree) if not ast.get_docstring(node)
    ] == []


def test_every_number_has_its_reason_below_it() -> None:
    for defaults in modules("config/defaults"):
        if defaults.path.endswith("__init__.py"):
            continue
        body = [n for n in defaults.tree.body[1:] if not isinstance(n, ast.Import | ast.ImportFrom)]
        # Neighbours may share one reason: a run of numbers ends in a text.
        runs = zip(body, [*body[1:], ast.Pass()], strict=True)
        without = [n for n, after in runs if not _is_text(n) and not (_is_text(after) or _is_number(after))]
        assert [defaults.at(n) for n in without] == []


def test_every_number_has_one_home() -> None:
    names = [
        target.id
        for defaults in modules("config/defaults")
        for node in defaults.tree.body
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Name)
    ]
    assert len(names) == len(set(names))


def _names() -> Iterator[tuple[str, str]]:
    for module in modules("bot", "handlers", "config", "bench"):
        for part in PurePosixPath(module.path).with_suffix("").parts:
            yield module.path, part
        for node in ast.walk(module.tree):
            if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
                yield module.at(node), node.name


def _parts(name: str) -> list[str]:
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower().split("_")


def _public(
    tree: ast.Module,
) -> Iterator[tuple[str, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef]]:
    yield "the module itself", tree
    for node in tree.body:
        if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef) and not node.name.startswith("_"):
            yield node.name, node
            for inner in node.body if isinstance(node, ast.ClassDef) else ():
                if isinstance(inner, ast.FunctionDef | ast.AsyncFunctionDef) and not inner.name.startswith("_"):
                    yield f"{node.name}.{inner.name}", inner


def _is_text(node: ast.stmt) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)


def _is_number(node: ast.stmt) -> bool:
    return isinstance(node, ast.Assign | ast.AnnAssign)
