r"""Macros of a document: `\newcommand`, `\def`, `\DeclareMathOperator`, expanded within bounds."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from .errors import NotationError, Problem
from .limits import (
    MAX_FORMULA_CHARACTERS,
    MAX_MACRO_CHARACTERS,
    MAX_MACRO_DEPTH,
    MAX_MACRO_EXPANSIONS,
    MAX_MACROS,
)
from .mapped import MappedText

_DEFINITION = re.compile(
    r"\\(?P<command>(?:re|provide)?newcommand|providecommand|DeclareMathOperator|def|let)\*?"
    r"(?![A-Za-z])"
)
_NAME = re.compile(r"\s*\{?\s*(\\[A-Za-z]+)\s*\}?")
_OPTION = re.compile(r"\s*\[([^\]]*)\]")
_PARAMETERS = re.compile(r"\s*((?:#[1-9])*)\s*")
_CALL = re.compile(r"\\[A-Za-z]+")
_ARGUMENT = re.compile(r"\s*(\\[A-Za-z]+|[^\s{}])")


@dataclass(frozen=True)
class Macro:
    r"""`\name` with `arguments` arguments; `default` is the first one, if it may be left out."""

    name: str
    body: str
    arguments: int = 0
    default: str | None = None


@dataclass
class _Budget:
    calls: int = 0


@dataclass(frozen=True)
class Definitions:
    """The macros of a document, and the document without their definitions."""

    macros: Mapping[str, Macro]
    text: MappedText
    problems: tuple[Problem, ...] = field(default=())


def read_macros(text: MappedText) -> Definitions:
    """Every simple macro that the document defines."""
    macros: dict[str, Macro] = {}
    problems: list[Problem] = []
    edits: list[tuple[int, int, str]] = []
    done = 0
    for count, match in enumerate(_DEFINITION.finditer(text.text)):
        if count >= MAX_MACROS:
            raise text.limit(f"more than {MAX_MACROS} macros in one file", *match.span())
        if match.start() < done:
            continue
        found = _read(text.text, match)
        if found is None:
            message = f"this definition by \\{match['command']} cannot be read"
            problems.append(text.problem(message, *match.span()))
            continue
        macro, done = found
        macros[macro.name] = macro
        edits.append((match.start(), done, " "))
    return Definitions(macros, text.edited(edits), tuple(problems))


def _read(text: str, match: re.Match[str]) -> tuple[Macro, int] | None:
    name = _NAME.match(text, match.end())
    if name is None:
        return None
    position, count, default = name.end(), 0, None
    if match["command"] == "let":
        body = re.compile(r"\s*=?\s*(\\[A-Za-z]+|\S)").match(text, position)
        return (Macro(name[1], body[1]), body.end()) if body else None
    if match["command"] == "def":
        parameters = _PARAMETERS.match(text, position)
        assert parameters is not None
        count, position = len(parameters[1]) // 2, parameters.end()
    elif option := _OPTION.match(text, position):
        if not re.fullmatch(r"\s*[1-9]\s*", option[1]):
            return None
        count, position = int(option[1]), option.end()
        if option := _OPTION.match(text, position):
            default, position = option[1], option.end()
    group = braced(text, position)
    if group is None:
        return None
    start, end = group
    body_text = text[start + 1 : end - 1]
    if match["command"] == "DeclareMathOperator":
        body_text = rf"\operatorname{{{body_text}}}"
    return Macro(name[1], body_text, count, default), end


def braced(text: str, position: int) -> tuple[int, int] | None:
    """Start and end of the {…} that follows, None if there is none or it is not closed."""
    start = position
    while start < len(text) and text[start].isspace():
        start += 1
    if start >= len(text) or text[start] != "{":
        return None
    depth, position = 0, start
    while position < min(len(text), start + MAX_MACRO_CHARACTERS):
        char = text[position]
        if char == "\\":
            position += 2
            continue
        depth += (char == "{") - (char == "}")
        position += 1
        if depth == 0:
            return start, position
    return None


def expanded(text: MappedText, macros: Mapping[str, Macro]) -> MappedText:
    """The text with its macros replaced by what they stand for. Raises `NotationError`."""
    if not macros:
        return text
    return _expanded(text, macros, _Budget(), ())


def _expanded(
    text: MappedText, macros: Mapping[str, Macro], budget: _Budget, inside: tuple[str, ...]
) -> MappedText:
    parts: list[str] = []
    origins: list[int] = []
    done = 0
    for match in _CALL.finditer(text.text):
        macro = macros.get(match[0])
        if macro is None or match.start() < done:
            continue
        _check(text, match, macro, budget, inside)
        end, arguments = _arguments(text, match, macro)
        body = _substituted(text, macro, arguments, match.start())
        body = _expanded(body, macros, budget, (*inside, macro.name))
        parts += text.text[done : match.start()], body.text
        origins += text.origins[done : match.start()]
        origins += body.origins
        done = end
        if len(origins) > MAX_FORMULA_CHARACTERS:
            message = f"macros expand to more than {MAX_FORMULA_CHARACTERS} characters"
            raise text.limit(message, *match.span())
    if not parts:
        return text
    parts.append(text.text[done:])
    origins += text.origins[done:]
    return MappedText("".join(parts), text.source, origins)


def _check(
    text: MappedText,
    match: re.Match[str],
    macro: Macro,
    budget: _Budget,
    inside: tuple[str, ...],
) -> None:
    budget.calls += 1
    if macro.name in inside:
        raise text.limit(f"the macro {macro.name} is defined through itself", *match.span())
    if len(inside) >= MAX_MACRO_DEPTH or budget.calls > MAX_MACRO_EXPANSIONS:
        message = f"more than {MAX_MACRO_EXPANSIONS} macro calls, or too deep, in one formula"
        raise text.limit(message, *match.span())


def _arguments(
    text: MappedText, match: re.Match[str], macro: Macro
) -> tuple[int, list[MappedText | str]]:
    position, found = match.end(), list[MappedText | str]()
    if macro.default is not None:
        option = _OPTION.match(text.text, position)
        found.append(text.cut(*option.span(1)) if option else macro.default)
        position = option.end() if option else position
    while len(found) < macro.arguments:
        group = braced(text.text, position)
        if group is not None:
            found.append(text.cut(group[0] + 1, group[1] - 1))
            position = group[1]
            continue
        single = _ARGUMENT.match(text.text, position)
        if single is None:
            message = f"{macro.name} takes {macro.arguments} arguments"
            raise text.error(message, *match.span())
        found.append(text.cut(*single.span(1)))
        position = single.end()
    return position, found


def _substituted(
    text: MappedText, macro: Macro, arguments: list[MappedText | str], call: int
) -> MappedText:
    place = text.offset(call)
    words: list[str] = []
    origins: list[int] = []
    for literal, number in _body(macro.body):
        words.append(literal)
        origins += [place] * len(literal)
        if number is None:
            continue
        if number > len(arguments):
            message = f"{macro.name} has no argument #{number}"
            raise NotationError(text.problem(message, call, call + len(macro.name)))
        argument = arguments[number - 1]
        words.append(argument if isinstance(argument, str) else argument.text)
        origins += [place] * len(argument) if isinstance(argument, str) else argument.origins
    following = text.text[call + len(macro.name) : call + len(macro.name) + 1]
    if macro.arguments == 0 and following.isalpha():
        words.append(" ")
        origins.append(place)
    return MappedText("".join(words), text.source, origins)


def _body(body: str) -> Iterator[tuple[str, int | None]]:
    done = 0
    for match in re.finditer(r"#([1-9])", body):
        yield body[done : match.start()], int(match[1])
        done = match.end()
    yield body[done:], None
