r"""Definitions of macros: `\newcommand`, `\def`, `\let`, `\DeclareMathOperator`, and their like.

Not seen: groups that make a definition local, conditionals, parameters with delimiters (refused),
and definitions that another macro makes. A definition that cannot be read is a problem with its
place; the others hold all the same.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence

from ..limits import MAX_MACRO_CHARACTERS, MAX_MACROS
from .digits import split
from .lexer import tokens
from .macro import Body, Macro, Macros
from .remark import RefusedError, Remark
from .token import Token

_COMMANDS = r"newcommand|renewcommand|providecommand|DeclareRobustCommand|def|gdef|edef|xdef|let"
_OTHERS = r"DeclareMathOperator|DeclarePairedDelimiter|(?:New|Renew|Provide|Declare)DocumentCommand"
_DEFINES = re.compile(rf"\\(?:{_COMMANDS}|{_OTHERS})(?![A-Za-z])")


_WINDOW = MAX_MACRO_CHARACTERS + 1_000
"""Characters that may belong to a definition: the longest body, and what stands before it."""


def macros_in(text: str, skipped: Iterable[tuple[int, int]] = ()) -> Macros:
    """The macros that a LaTeX text defines outside its skipped stretches."""
    far = list(_far_from_definitions(text))
    return read_macros(tokens(text, skipped=[*far, *skipped]))


def _far_from_definitions(text: str) -> Iterator[tuple[int, int]]:
    """The stretches of a text where no definition can be: neither its line nor what follows."""
    near = 0
    for match in _DEFINES.finditer(text):
        if match.start() < near:
            near = max(near, match.end() + _WINDOW)
            continue
        line = text.rfind("\n", near, match.start()) + 1 or near
        if near < line:
            yield near, line
        near = match.end() + _WINDOW
    if near < len(text):
        yield near, len(text)


def read_macros(found: Sequence[Token]) -> Macros:
    """The macros that a sequence of tokens defines."""
    reader = _Reader(found)
    while reader.index < len(found):
        token = found[reader.index]
        reader.index += 1
        read = _READERS.get(token.value) if token.kind == "command" else None
        if read is not None and not reader.read(token, read):
            break
    return Macros(tuple(reader.macros), tuple(reader.places), tuple(reader.problems))


class _Reader:
    """A place in a sequence of tokens, and the definitions before it."""

    def __init__(self, found: Sequence[Token]) -> None:
        self.found = found
        self.index = 0
        self.macros: list[Macro] = []
        self.names: dict[str, Macro] = {}
        self.places: list[tuple[int, int]] = []
        self.problems: list[Remark] = []

    def read(self, command: Token, reading: Callable[[_Reader, str], Macro | None]) -> bool:
        """One definition; False if there are too many to go on."""
        begin = self.index
        if len(self.places) + len(self.problems) >= MAX_MACROS:
            message = f"more than {MAX_MACROS} macros in one file: this and later ones are not read"
            self.problems.append(Remark(message, command.start, command.end, kind="limit"))
            return False
        try:
            macro = reading(self, command.value)
        except RefusedError as refused:
            message = f"this definition by {command.value} cannot be read: {refused.message}"
            self.problems.append(Remark(message, command.start, command.end, refused.hint))
            self.index = begin
            self._withdraw(command)
            return True
        end = self.found[self.index - 1].end
        self.places.append((command.start, end))
        if macro is not None:
            self._define(macro, end)
        return True

    def _withdraw(self, command: Token) -> None:
        """A name whose new definition cannot be read has no meaning any more."""
        name = next(
            (token for token in self.found[self.index : self.index + 9] if token.kind == "command"),
            None,
        )
        if name is not None and name.value in self.names:
            self._define(Macro(name.value, (name,), final=True), command.end)

    def _define(self, macro: Macro, end: int) -> None:
        placed = Macro(
            macro.name, macro.body, macro.arguments, macro.default, end, macro.paired, macro.final
        )
        self.macros.append(placed)
        self.names[placed.name] = placed

    def peek(self) -> Token | None:
        """The next token that is not blank."""
        while self.index < len(self.found) and self.found[self.index].is_blank:
            self.index += 1
        return self.found[self.index] if self.index < len(self.found) else None

    def take(self) -> Token:
        """The next token that is not blank, and the step over it."""
        token = self.peek()
        if token is None:
            raise RefusedError("the text ends in it")
        self.index += 1
        return token

    def took(self, value: str) -> bool:
        """Whether the next token is this one; it is stepped over then."""
        token = self.peek()
        if token is None or token.value != value or token.kind != "sign":
            return False
        self.index += 1
        return True

    def name(self) -> str:
        r"""`\name` or `{\name}`."""
        braces = self.took("{")
        token = self.take()
        if token.kind != "command":
            raise RefusedError(f"{token.value} is no name of a macro", r"a name looks like \name")
        if braces and not self.took("}"):
            raise RefusedError("the brace around the name is not closed")
        return token.value

    def enclosed(self, opening: str, closing: str) -> tuple[Token, ...]:
        """What stands between two signs, braces inside counted; comments are left out."""
        if not self.took(opening):
            raise RefusedError(f"a {opening} is missing")
        start = self.found[self.index - 1].start
        depth, content = 0, list[Token]()
        while self.index < len(self.found):
            token = self.found[self.index]
            self.index += 1
            if token.end - start > MAX_MACRO_CHARACTERS:
                raise RefusedError(f"it is longer than {MAX_MACRO_CHARACTERS} characters")
            if depth == 0 and token.kind == "sign" and token.value == closing:
                return tuple(content)
            if token.kind == "sign":
                depth += (token.value == "{") - (token.value == "}")
            if token.kind != "comment":
                content.append(token)
        raise RefusedError(f"the {opening} is never closed")


def _new_command(reader: _Reader, command: str) -> Macro | None:
    reader.took("*")
    name = reader.name()
    count, default = 0, None
    if _is_next(reader, "["):
        count = _count(reader.enclosed("[", "]"))
        if _is_next(reader, "["):
            default = reader.enclosed("[", "]")
    body = _with_arguments(reader.enclosed("{", "}"), count)
    if command == r"\providecommand" and name in reader.names:
        return None
    return Macro(name, body, count, default)


def _is_next(reader: _Reader, sign: str) -> bool:
    token = reader.peek()
    return token is not None and token.kind == "sign" and token.value == sign


def _count(written: Sequence[Token]) -> int:
    text = "".join(token.value for token in written).strip()
    if not re.fullmatch("[0-9]", text):
        raise RefusedError("the number of arguments is no digit", "write it as [2]")
    return int(text)


def _definition(reader: _Reader, _command: str) -> Macro:
    name = reader.take()
    if name.kind != "command":
        raise RefusedError(f"{name.value} is no name of a macro", r"a name looks like \name")
    count = 0
    while reader.took("#"):
        digits = reader.take().value
        for sign in digits:
            count += 1
            if sign != str(count):
                raise RefusedError("its parameters are not #1#2… in a row", r"use \newcommand")
    if not _is_next(reader, "{"):
        raise RefusedError("its parameters have delimiters", r"use \newcommand")
    return Macro(name.value, _with_arguments(reader.enclosed("{", "}"), count), count)


def _let(reader: _Reader, _command: str) -> Macro:
    name = reader.name()
    reader.took("=")
    token = reader.take()
    meant = reader.names.get(token.value) if token.kind == "command" else None
    if meant is None:
        return Macro(name, (token,), final=True)
    return Macro(
        name, meant.body, meant.arguments, meant.default, paired=meant.paired, final=meant.final
    )


def _document_command(reader: _Reader, command: str) -> Macro | None:
    """`\\NewDocumentCommand` with arguments `m`, of which the first may be `O{default}`."""
    name = reader.name()
    written = reader.enclosed("{", "}")
    spelled = "".join(token.value for token in written if not token.is_blank)
    found = re.fullmatch(r"(?:O\{(?P<default>.*)\})?(?P<rest>m{0,9})", spelled, re.DOTALL)
    if found is None:
        raise RefusedError("it has arguments other than m and a first O{…}", r"use \newcommand")
    default = None if found["default"] is None else _inner(written)
    count = len(found["rest"]) + (default is not None)
    body = _with_arguments(reader.enclosed("{", "}"), count)
    if command == r"\ProvideDocumentCommand" and name in reader.names:
        return None
    return Macro(name, body, count, default)


def _inner(written: Sequence[Token]) -> tuple[Token, ...]:
    """What stands between the first brace and the last."""
    braces = [i for i, token in enumerate(written) if token.kind == "sign" and token.value in "{}"]
    return tuple(written[braces[0] + 1 : braces[-1]])


def _operator(reader: _Reader, _command: str) -> Macro:
    starred = reader.took("*")
    name = reader.name()
    body = reader.enclosed("{", "}")
    head = (_made("command", r"\operatorname"), *((_made("sign", "*"),) if starred else ()))
    return Macro(name, (*head, _made("sign", "{"), *body, _made("sign", "}")))


def _paired(reader: _Reader, _command: str) -> Macro:
    name = reader.name()
    opening, closing = reader.enclosed("{", "}"), reader.enclosed("{", "}")
    left, right = _made("command", r"\left"), _made("command", r"\right")
    return Macro(name, (left, *opening, 1, right, *closing), 1, paired=True)


def _made(kind: str, value: str) -> Token:
    return Token("command" if kind == "command" else "sign", value, 0, 0)


def _with_arguments(written: Sequence[Token], count: int) -> Body:
    """The body, with whole numbers for its `#1`, `#2`, …."""
    body: list[Token | int] = []
    index = 0
    while index < len(written):
        token = written[index]
        index += 1
        if token.kind != "sign" or token.value != "#":
            body.append(token)
            continue
        number = written[index] if index < len(written) else token
        digit, rest = split(number)
        if not re.fullmatch("[1-9]", digit.value) or int(digit.value) > count:
            raise RefusedError(f"#{digit.value} is none of its {count} arguments")
        body.append(int(digit.value))
        if rest is not None:
            body.append(rest)
        index += 1
    return tuple(body)


_READERS: dict[str, Callable[[_Reader, str], Macro | None]] = {
    **dict.fromkeys(
        (r"\newcommand", r"\renewcommand", r"\providecommand", r"\DeclareRobustCommand"),
        _new_command,
    ),
    **dict.fromkeys(
        (
            r"\NewDocumentCommand",
            r"\RenewDocumentCommand",
            r"\ProvideDocumentCommand",
            r"\DeclareDocumentCommand",
        ),
        _document_command,
    ),
    **dict.fromkeys((r"\def", r"\gdef", r"\edef", r"\xdef"), _definition),
    r"\let": _let,
    r"\DeclareMathOperator": _operator,
    r"\DeclarePairedDelimiter": _paired,
}
