"""The project's own source, parsed once, for the laws to read."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PRODUCT = ("bot", "handlers", "config")

type_of_function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True, kw_only=True, slots=True)
class Module:
    """One source file: its path below the root, its lines, its syntax tree."""

    path: str
    lines: int
    tree: ast.Module

    def functions(self) -> Iterator[type_of_function]:
        """Every function and method of the file, nested ones too."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                yield node

    def at(self, node: ast.stmt | ast.expr | ast.ExceptHandler) -> str:
        """Where the node stands, as a person would look for it."""
        return f"{self.path}:{node.lineno} {getattr(node, 'name', None) or ''}".rstrip()


@cache
def modules(*folders: str) -> tuple[Module, ...]:
    """The Python files below the folders, in order of path; without folders, those of the product."""
    found = []
    for folder in folders or PRODUCT:
        for file in sorted((ROOT / folder).rglob("*.py")):
            text = file.read_text(encoding="utf-8")
            path = file.relative_to(ROOT).as_posix()
            found.append(Module(path=path, lines=text.count("\n"), tree=ast.parse(text, path)))
    return tuple(found)


def imported(tree: ast.Module) -> Iterator[tuple[ast.stmt, str]]:
    """Every import in the file, wherever it stands, with the full name of the module."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for name in node.names:
                yield node, name.name
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node, node.module
