"""Where the definition of a command begins and ends; what it means is read elsewhere."""

from __future__ import annotations

import re

from .nesting import Nesting

SIGNATURES = {
    r"\newcommand": "*n[[g",
    r"\renewcommand": "*n[[g",
    r"\providecommand": "*n[[g",
    r"\DeclareRobustCommand": "*n[[g",
    r"\def": "npg",
    r"\gdef": "npg",
    r"\edef": "npg",
    r"\xdef": "npg",
    r"\let": "n=t",
    r"\DeclareMathOperator": "*ng",
    r"\NewDocumentCommand": "ngg",
    r"\RenewDocumentCommand": "ngg",
    r"\ProvideDocumentCommand": "ngg",
    r"\DeclareDocumentCommand": "ngg",
    r"\DeclarePairedDelimiter": "ngg",
    r"\newenvironment": "*g[[gg",
    r"\renewenvironment": "*g[[gg",
    r"\newtheorem": "*g[g[",
}
"""What follows a command that defines: `*` a star, if any; `n` the name, braced or not; `[` an
argument in brackets, if any; `g` a group or one token; `p` the parameters of `\\def`; `=` an equals
sign, if any; `t` one token."""

_PARTS = {
    "*": re.compile(r"\s{0,50}\*|"),
    "n": re.compile(r"\s{0,50}(?:\{\s{0,50}\\(?:[A-Za-z@]+|.)\s{0,50}\}|\\(?:[A-Za-z@]+|.))"),
    "[": re.compile(r"\s{0,50}\[(?>[^\]{}]{0,200})(?>\{[^{}]{0,300}\}[^\]{}]{0,200}){0,8}\]|"),
    "p": re.compile(r"[^{}\n\\]{0,200}"),
    "=": re.compile(r"\s{0,50}=|"),
    "t": re.compile(r"\s{0,50}(?:\\(?:[A-Za-z@]+|.)|[^\s{}\\])"),
    "g": re.compile(r"\s{0,50}(?:(?P<group>\{)|\\(?:[A-Za-z@]+|.)|[^\s{}\\])"),
}
_COMMAND = re.compile(r"\\(?:[A-Za-z@]+|.)", re.DOTALL)


def definition_end(text: str, command: re.Match[str], nesting: Nesting) -> int | None:
    """The end of the definition that a command of `SIGNATURES` begins; None if it is broken."""
    position = command.end()
    for part in SIGNATURES[command[0]]:
        match = _PARTS[part].match(text, position)
        if match is None:
            return None
        position = match.end()
        if part == "g" and match["group"]:
            closed = nesting.braces.get(match.start("group"))
            if closed is None:
                return None
            position = closed
    return position


def definitions_in(text: str, start: int, end: int, nesting: Nesting) -> list[tuple[int, int]]:
    """The definitions inside a stretch of mathematics."""
    found: list[tuple[int, int]] = []
    position = start
    while (command := _COMMAND.search(text, position, end)) is not None:
        position = command.end()
        if command[0] in SIGNATURES:
            closed = definition_end(text, command, nesting)
            if closed is not None and closed <= end:
                found.append((command.start(), closed))
                position = closed
    return found


_ALIAS = re.compile(
    r"\\(?:(?:re|provide)?(?:new)?command\*?|def)\s*\{?\s*(?P<name>\\[A-Za-z]+)\s*\}?\s*"
    r"\{\s*(?P<what>\\(?:begin|end)\s*\{[A-Za-z]+\*?\}|\\\[|\\\]|\$\$)\s*\}"
)
_ENVIRONMENT = re.compile(
    r"\\(?:re)?newenvironment\*?\s*\{(?P<name>[A-Za-z]+\*?)\}[^{}]*"
    r"\{\s*\\begin\s*\{(?P<what>[A-Za-z]+)\*?\}"
)


def alias(text: str, start: int, end: int) -> tuple[str, str] | None:
    r"""`(\be, \begin{equation})` where a definition does no more than open or close a display."""
    match = _ALIAS.fullmatch(text, start, end)
    return (match["name"], "".join(match["what"].split())) if match else None


def own_environment(text: str, start: int, end: int) -> tuple[str, str] | None:
    r"""`(myeq, equation)` where a `\newenvironment` opens that environment."""
    match = _ENVIRONMENT.match(text, start, end)
    return (match["name"], match["what"]) if match else None
