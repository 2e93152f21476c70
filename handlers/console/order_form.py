"""An order as one line of JSON, and the look of the sheet on which its outcome is to be told."""

import base64
import json
from dataclasses import asdict
from typing import Any, Literal, TypeVar, get_args, get_origin, get_type_hints

from handlers.console.sheet import Look
from handlers.console.source_desk import Order
from handlers.console.typed_request import TypedRequest

T = TypeVar("T")

AnyOrder = Order | TypedRequest


def write_order(order: AnyOrder, look: Look) -> bytes:
    """The line. It holds the password, where there is one, so it is for nobody else to see."""
    given = asdict(order)
    if isinstance(order, Order):
        given |= {"list_bytes": base64.b64encode(order.list_bytes).decode("ascii")}
    kind = "order" if isinstance(order, Order) else "request"
    return json.dumps({kind: given, "look": asdict(look)}).encode() + b"\n"


def read_order(line: bytes) -> tuple[AnyOrder, Look]:
    """The order and the look; ValueError where the line is none, or that of another version."""
    try:
        given = json.loads(line)
        look = _made(Look, given["look"])
        if "request" in given:
            return _made(TypedRequest, given["request"]), look
        order = given["order"] | {"list_bytes": base64.b64decode(given["order"]["list_bytes"], validate=True)}
        return _made(Order, order), look
    except (TypeError, LookupError, RecursionError) as fault:
        raise ValueError("it is no order") from fault


def _made(kind: type[T], given: dict[str, Any]) -> T:
    hints = get_type_hints(kind)
    if set(given) != set(hints) or not all(_fits(given[name], hint) for name, hint in hints.items()):
        raise ValueError("it has other fields")
    return kind(**given)


def _fits(value: object, hint: object) -> bool:
    options = get_args(hint)
    if get_origin(hint) is Literal:
        return value in options
    return any(_fits(value, option) for option in options) if options else type(value) is hint
