"""What Discord's own description of its API says of a request or an answer.

The description (openapi.json.gz) is the file of the public repository discord/discord-api-spec, unchanged, at commit
74fda0fad044407ea280043a03ffc9bc64c4e49e (MIT). What Discord documents beyond it is in rules.py.
"""

import gzip
import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from jsonschema import Draft202012Validator, ValidationError

_ID = re.compile(r"\d{15,}")
_FILE = Path(__file__).with_name("openapi.json.gz")
_CODES = {
    "maxLength": "BASE_TYPE_MAX_LENGTH",
    "minLength": "BASE_TYPE_MIN_LENGTH",
    "maxItems": "BASE_TYPE_MAX_LENGTH",
    "minItems": "BASE_TYPE_MIN_LENGTH",
    "required": "BASE_TYPE_REQUIRED",
    "enum": "BASE_TYPE_CHOICES",
    "type": "BASE_TYPE_BAD_TYPE",
    "maximum": "NUMBER_TYPE_MAX",
    "minimum": "NUMBER_TYPE_MIN",
    "format": "BASE_TYPE_BAD_FORMAT",
    "pattern": "STRING_TYPE_REGEX",
}


class Problem(NamedTuple):
    """What is wrong with a body: where in it, Discord's code for that, and a sentence."""

    path: str
    code: str
    message: str


class Spec:
    """The description, ready to be asked."""

    def __init__(self) -> None:
        self._spec: dict[str, Any] = json.loads(gzip.decompress(_FILE.read_bytes()))
        # Measured: the description types ids as strings only, while Discord's own example of an upload and discord.py
        # send attachment ids as integers. Requests may use either; answers are always strings.
        self._asked = json.loads(json.dumps(self._spec["components"]))
        self._asked["schemas"]["SnowflakeType"]["type"] = ["string", "integer"]
        self._validators: dict[tuple[str, ...], Draft202012Validator] = {}
        self._checked: dict[tuple[tuple[str, ...], str], list[Problem]] = {}
        self._routes = [
            (template.strip("/").split("/"), template, {m for m in item if m != "parameters"})
            for template, item in self._spec["paths"].items()
        ]

    def match(self, method: str, path: str) -> str | None:
        """The route of a path, with its parameters named; None when Discord has no such route."""
        parts = path.strip("/").split("/")
        fitting = [
            (sum(not own.startswith("{") for own in owns), template)
            for owns, template, methods in self._routes
            if len(owns) == len(parts)
            and method.lower() in methods
            and all(own.startswith("{") or own == part for own, part in zip(owns, parts, strict=True))
        ]
        return max(fitting)[1] if fitting else None

    def statuses(self, method: str, path: str) -> set[str]:
        """The statuses that are documented for the route."""
        template = self.match(method, path)
        return set(self._operation(method, template)["responses"]) if template else set()

    def check_request(self, method: str, path: str, body: object) -> list[Problem]:
        """What is wrong with the body of a request."""
        template = self.match(method, path)
        if template is None:
            return [Problem("", "NO_SUCH_ROUTE", f"{method} {path} is no route of Discord's")]
        asked = self._operation(method, template).get("requestBody", {})
        content = asked.get("content", {}).get("application/json")
        if body is None:
            missing = content and asked.get("required")
            return [Problem("", "MISSING_BODY", "a JSON body is required")] if missing else []
        return self._check(("asked", method, template), content["schema"], body) if content else []

    def check_answer(self, method: str, path: str, status: int, body: object) -> list[Problem]:
        """What is wrong with an answer: the stand-in is held to the description too."""
        template = self.match(method, path)
        if template is None:
            return []
        responses = self._operation(method, template)["responses"]
        entry = responses.get(str(status)) or responses.get(f"{status // 100}XX")
        if entry is None:
            return [Problem("", "STATUS", f"{status} is no documented status of {method} {template}")]
        content = (self._at(entry["$ref"]) if "$ref" in entry else entry).get("content", {}).get("application/json")
        if not content or body is None:
            return []
        return self._check(("answered", method, template, str(status)), content["schema"], body)

    def unknown_fields(self, method: str, path: str, body: object) -> list[str]:
        """Keys of the body that Discord does not know; it drops them silently, and they are mostly misspelt."""
        template = self.match(method, path)
        if template is None or not isinstance(body, dict):
            return []
        content = self._operation(method, template).get("requestBody", {}).get("content", {}).get("application/json")
        known = self._properties(content["schema"]) if content else set()
        # discord.py sends "tts": false with every edit, where the description has no such field.
        noise = {"tts"} if method == "PATCH" and body.get("tts") is False else set()
        return sorted(set(body) - known - noise) if known else []

    def _operation(self, method: str, template: str) -> dict[str, Any]:
        found: dict[str, Any] = self._spec["paths"][template][method.lower()]
        return found

    def _check(self, key: tuple[str, ...], schema: dict[str, Any], body: object) -> list[Problem]:
        if key not in self._validators:
            components = self._asked if key[0] == "asked" else self._spec["components"]
            self._validators[key] = Draft202012Validator({**schema, "components": components})
        # Requests that differ in their ids only are equally sound, and answers of the stand-in that have one shape.
        seen = (key, _ID.sub("0", json.dumps(body if key[0] == "asked" else _shape(body))))
        if seen not in self._checked:
            errors = self._validators[key].iter_errors(body)
            self._checked[seen] = [problem for error in errors for problem in _leaves(error)]
        return list(self._checked[seen])

    def _properties(self, schema: dict[str, Any], depth: int = 0) -> set[str]:
        if depth > 6:
            return set()
        if "$ref" in schema:
            return self._properties(self._at(schema["$ref"]), depth + 1)
        found = set(schema.get("properties", {}))
        for kind in ("oneOf", "anyOf", "allOf"):
            for part in schema.get(kind, ()):
                found |= self._properties(part, depth + 1)
        return found

    def _at(self, reference: str) -> dict[str, Any]:
        node: Any = self._spec
        for part in reference.lstrip("#/").split("/"):
            node = node[part]
        found: dict[str, Any] = node
        return found


@cache
def spec() -> Spec:
    """The description, read once."""
    return Spec()


def error_tree(problems: list[Problem]) -> dict[str, Any]:
    """The problems as Discord nests them in the `errors` of a 50035."""
    root: dict[str, Any] = {}
    for problem in problems:
        node = root
        for part in filter(None, problem.path.split(".")):
            node = node.setdefault(part, {})
        node.setdefault("_errors", []).append({"code": problem.code, "message": problem.message})
    return root


def _leaves(error: ValidationError) -> Iterator[Problem]:
    """What is wrong, down to the branch of a choice that comes closest."""
    if error.validator in ("oneOf", "anyOf") and error.context:
        branches: dict[Any, list[ValidationError]] = {}
        for part in error.context:
            branches.setdefault(part.schema_path[0], []).append(part)
        for part in min(branches.values(), key=_cost):
            yield from _leaves(part)
        return
    path = ".".join(map(str, error.absolute_path))
    kind = str(error.validator)
    yield Problem(path, _CODES.get(kind, kind.upper()), error.message[:200])


def _shape(body: object) -> object:
    """The body with the kinds of its values in their place; those named "type" say what the rest is."""
    if isinstance(body, dict):
        return {key: value if key == "type" else _shape(value) for key, value in body.items()}
    if isinstance(body, list):
        return sorted({json.dumps(_shape(one)) for one in body})
    return type(body).__name__


def _cost(branch: list[ValidationError]) -> tuple[bool, bool, int]:
    """A branch whose "type" fits is the one that was meant."""
    other_kind = any(e.validator in ("enum", "const") and list(e.relative_path)[-1:] == ["type"] for e in branch)
    is_null = any(e.validator == "type" and e.validator_value == "null" for e in branch)
    return other_kind, is_null, len(branch)
