"""Limits that keep every file readable in one sitting."""

import ast

from tests.laws.tree import Module, modules, type_of_function

FILE_LINES = 400
FUNCTION_LINES = 60
PARAMETERS = 6
MEASURED = ("bot", "handlers", "config", "bench")

# Where a command, one question of many, or a piece of work ends: nothing may get past. Each name here must be in use.
BROAD_EXCEPT = {
    "bot/cli/main.py",
    "bot/schedule.py",
    "handlers/console/batch.py",
    "handlers/discord/app.py",
    "handlers/slack/app.py",
}


def test_no_file_is_longer_than_400_lines() -> None:
    assert [f"{m.path}: {m.lines}" for m in modules(*MEASURED, "tests") if m.lines > FILE_LINES] == []


def test_no_function_is_longer_than_60_lines() -> None:
    assert [m.at(f) for m in modules(*MEASURED) for f in m.functions() if _length(f) > FUNCTION_LINES] == []


def test_no_function_takes_more_than_6_parameters() -> None:
    # A command's parameters are what a person may type, so the commands are left out.
    measured = [m for m in modules(*MEASURED) if not m.path.startswith(("bot/cli/", "handlers/discord/commands.py"))]
    assert [m.at(f) for m in measured for f in m.functions() if len(_parameters(f)) > PARAMETERS] == []


def test_nothing_is_global() -> None:
    found = [m.at(n) for m in modules(*MEASURED) for n in ast.walk(m.tree) if isinstance(n, ast.Global)]
    assert found == []


def test_only_the_named_files_catch_every_exception() -> None:
    catching = {m.path for m in modules(*MEASURED) if _broad(m)}
    assert catching == BROAD_EXCEPT


def _length(function: type_of_function) -> int:
    return (function.end_lineno or function.lineno) - function.lineno + 1


def _parameters(function: type_of_function) -> list[str]:
    given = function.args
    every = [*given.posonlyargs, *given.args, *given.kwonlyargs, given.vararg, given.kwarg]
    return [a.arg for a in every if a is not None and a.arg not in ("self", "cls")]


def _broad(module: Module) -> list[str]:
    # A handler that ends by raising, to tidy up or to say it in our words, lets nothing past.
    handlers = [n for n in ast.walk(module.tree) if isinstance(n, ast.ExceptHandler)]
    handlers = [h for h in handlers if not isinstance(h.body[-1], ast.Raise)]
    return [module.at(h) for h in handlers if h.type is None or _names(h.type) & {"Exception", "BaseException"}]


def _names(expression: ast.expr) -> set[str]:
    return {n.id for n in ast.walk(expression) if isinstance(n, ast.Name)}
