"""A model file as data: which keys it may have, and where in the file each of them stands."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches

from ..notation.errors import NotationError, Problem
from ..notation.source import Source
from ..notation.tokens.plain import Dialect, dialect_of
from ..notation.tree import Span

MAX_FILE_CHARACTERS = 200_000

_SECTIONS = ("time", "parameters", "inputs", "initial", "functions")
_TEXTS = ("title", "source", "loss", "equations")
_TIME_KEYS = ("index", "first", "last")
_FUNCTION_KEYS = ("arguments", "default")
_TOML_PLACE = re.compile(r"\(at line (\d+), column (\d+)\)")


@dataclass(frozen=True)
class ModelFile:
    """The top level of a model file. `source` is the whole text, `problems` are unknown keys."""

    source: Source
    title: str
    origin: str
    loss: str
    equations: Source
    sections: Mapping[str, Mapping[str, object]] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()

    @property
    def dialect(self) -> Dialect:
        """How its names and equations are written: plain if no command stands in an equation."""
        return dialect_of(self.equations.text)

    def place(self, key: str, section: str = "") -> Span:
        """Where `key` is set, in `section` if given; else the start of the file."""
        text, start = self.source.text, 0
        if section:
            head = re.search(rf"^\s*\[\s*{re.escape(section)}\s*\]", text, re.MULTILINE)
            start = head.end() if head else 0
        found = re.compile(rf"^\s*(['\"]?{re.escape(key)}['\"]?)\s*=", re.MULTILINE).search(
            text, start
        )
        header = re.compile(rf"^\s*(\[\s*{re.escape(key)}\s*\])", re.MULTILINE).search(text)
        place = found or (header if not section else None)
        return Span(*place.span(1)) if place else Span(0, 1)

    def problem(self, message: str, key: str, section: str = "", hint: str = "") -> Problem:
        """A problem with the value of a key."""
        return Problem(message, self.source, self.place(key, section), hint, "model")


def read_model_file(source: Source) -> ModelFile:
    """The file's keys, those it needs of the right type. Raises `NotationError`."""
    if len(source.text) > MAX_FILE_CHARACTERS:
        raise NotationError(
            Problem(
                f"a model file has at most {MAX_FILE_CHARACTERS} characters",
                source,
                Span(0, 1),
                kind="limit",
            )
        )
    try:
        data = tomllib.loads(source.text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise NotationError(_toml_problem(source, error)) from None
    file = ModelFile(source, "", "", "", Source(""))
    unknown, wrong = _unknown_keys(file, data), _wrong_types(file, data)
    if wrong:
        raise NotationError(*unknown, *wrong)
    return ModelFile(
        source,
        data.get("title", ""),
        data.get("source", ""),
        data["loss"],
        _equations_source(source, data["equations"]),
        {name: data.get(name, {}) for name in _SECTIONS},
        tuple(unknown),
    )


def _toml_problem(source: Source, error: Exception) -> Problem:
    span = Span(0, 1)
    message = str(error) or "nested too deeply"
    if found := _TOML_PLACE.search(message):
        line, column = int(found[1]), int(found[2])
        start = sum(len(row) + 1 for row in source.text.split("\n")[: line - 1]) + column - 1
        span, message = Span(start, start + 1), message[: found.start()].strip()
    return Problem(
        f"this is not TOML: {message}",
        source,
        span,
        "keys with braces or a backslash are quoted: 'W_{hh}' = \"n x n\"",
        "model",
    )


def _unknown_keys(file: ModelFile, data: Mapping[str, object]) -> list[Problem]:
    found = []
    allowed: dict[str, tuple[str, ...]] = {"": (*_TEXTS, *_SECTIONS), "time": _TIME_KEYS}
    for section, names in allowed.items():
        table = data if not section else data.get(section, {})
        for key in table if isinstance(table, dict) else ():
            if key not in names:
                near = get_close_matches(key, names, 1)
                hint = f"did you mean {near[0]}?" if near else "known keys: " + ", ".join(names)
                found.append(file.problem(f"unknown key {key!r}", key, section, hint))
    return found


def _wrong_types(file: ModelFile, data: Mapping[str, object]) -> list[Problem]:
    found = []
    for key in _TEXTS:
        value = data.get(key)
        if value is None and key in ("loss", "equations"):
            found.append(file.problem(f"the key {key!r} is missing", key))
        elif value is not None and not isinstance(value, str):
            found.append(file.problem(f"{key} must be a text in quotes", key))
    for section in _SECTIONS:
        table = data.get(section, {})
        if not isinstance(table, dict):
            found.append(file.problem(f"[{section}] must be a table", section))
        elif section not in ("time", "functions"):
            found.extend(
                file.problem(f"the shape of {key} must be a text in quotes", key, section)
                for key, value in table.items()
                if not isinstance(value, str)
            )
    return found


def _equations_source(source: Source, equations: str) -> Source:
    """The equations with their true place in the file, where they stand there verbatim."""
    offset = source.text.find(equations) if equations.strip() else -1
    if offset < 0:
        return Source(equations, f"{source.name} [equations]")
    line, column = source.line_and_column(offset)
    return Source(equations, source.name, line, column)


def function_settings(
    file: ModelFile, name: str, value: object
) -> tuple[int, str | None] | Problem:
    """The number of arguments and the default of one entry of [functions], or what is wrong."""
    if isinstance(value, int) and not isinstance(value, bool):
        value = {"arguments": value}
    if not isinstance(value, dict):
        hint = f'write {name} = 1 or {name} = {{ arguments = 1, default = "tanh" }}'
        return file.problem(f"{name} needs its number of arguments", name, "functions", hint)
    unknown = [key for key in value if key not in _FUNCTION_KEYS]
    arguments, default = value.get("arguments", 1), value.get("default")
    if unknown:
        return file.problem(f"unknown key {unknown[0]!r} of {name}", name, "functions")
    if not isinstance(arguments, int) or not 1 <= arguments <= 8:
        return file.problem(f"{name} must take 1 to 8 arguments", name, "functions")
    if default is not None and not isinstance(default, str):
        return file.problem(f"the default of {name} must be a text", name, "functions")
    return arguments, default
