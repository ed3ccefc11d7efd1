"""Reading an exercise file, with errors that name its lines and keys."""

from __future__ import annotations

import re
import tomllib
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from ..notation.errors import NotationError, Problem
from ..notation.source import Source
from ..notation.tree import Span
from .exercise import Credit, Exercise, Steps, Target

MAX_CHARACTERS = 500_000
_PLACE = re.compile(r"\(at line (\d+), column (\d+)\)")
_TABLES: dict[str, type[BaseModel]] = {"targets": Target, "credit": Credit, "steps": Steps}


def load_exercise(path: Path) -> Exercise:
    """The exercise in a TOML file. Raises `OSError`, and `NotationError` with line and key."""
    return parse_exercise(path.read_text("utf-8", errors="replace"), str(path))


def parse_exercise(text: str, name: str = "<exercise>") -> Exercise:
    """The exercise in a text. Raises `NotationError` with every problem found in it."""
    source = Source(text, name)
    if len(text) > MAX_CHARACTERS:
        raise NotationError(Problem("this is too long for an exercise", source, Span(0, 1)))
    try:
        data = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise NotationError(_not_toml(source, str(error))) from None
    try:
        return Exercise.model_validate(data)
    except ValidationError as error:
        raise NotationError(*(_problem(source, one) for one in error.errors())) from None


def _not_toml(source: Source, message: str) -> Problem:
    found = _PLACE.search(message)
    start = 0
    if found:
        rows = source.text.split("\n")[: int(found[1]) - 1]
        start = sum(len(row) + 1 for row in rows) + int(found[2]) - 1
        message = message[: found.start()].strip()
    hint = "formulas go between single quotes: '\\frac{\\partial E}{\\partial W}'"
    return Problem(f"this is not TOML: {message}", source, Span(start, start + 1), hint, "model")


def _problem(source: Source, error: ErrorDetails) -> Problem:
    path = tuple(error["loc"])
    key = ".".join(str(part + 1) if isinstance(part, int) else part for part in path)
    message = error["msg"].removeprefix("Value error, ")
    hint = ""
    if error["type"] == "extra_forbidden":
        known = _known_keys(path)
        near = get_close_matches(str(path[-1]), known, 1)
        hint = f"did you mean {near[0]}?" if near else "known keys: " + ", ".join(known)
        message = "there is no such key"
    elif error["type"] == "missing":
        message = "this key is missing"
    shown = f"{key}: {message}" if key else message
    return Problem(shown, source, _place(source.text, path), hint, "model")


def _known_keys(path: tuple[Any, ...]) -> list[str]:
    model = _TABLES.get(str(path[0]), Exercise) if len(path) > 1 else Exercise
    return list(model.model_fields)


def _place(text: str, path: tuple[Any, ...]) -> Span:
    """Where the key is set; else where its table begins; else the start of the file."""
    start, end, fallback = 0, len(text), Span(0, 1)
    names = [part for part in path if isinstance(part, str)]
    counts = [part for part in path if isinstance(part, int)]
    if names and (heads := _heads(text, names[0])):
        head = heads[min(counts[0], len(heads) - 1)] if counts else heads[0]
        start, fallback = head.end(), Span(*head.span())
        following = re.compile(r"^[ \t]*\[", re.MULTILINE).search(text, start)
        end = following.start() if following else end
    elif len(names) == 1:
        following = re.compile(r"^[ \t]*\[", re.MULTILINE).search(text)
        end = following.start() if following else end
    for name in reversed(names):
        pattern = re.compile(rf"^[ \t]*(['\"]?{re.escape(name)}['\"]?)[ \t]*=", re.MULTILINE)
        found = pattern.search(text, start, end)
        if found:
            return Span(*found.span(1))
    return fallback


def _heads(text: str, table: str) -> list[re.Match[str]]:
    name = re.escape(table)
    return list(re.finditer(rf"^[ \t]*\[\[?[ \t]*{name}(\.[^\]]*)?[ \t]*\]\]?", text, re.MULTILINE))
