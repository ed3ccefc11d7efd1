"""From text to the syntax tree, in LaTeX or plain text, with the names of a vocabulary."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Literal

from .characters import ascii_mathematics
from .errors import NotationError
from .grammar import parse
from .limits import MAX_FORMULA_CHARACTERS
from .lines import logical_lines
from .mapped import MappedText
from .pieces import claims, left_side
from .reading import Scope, new_scope, read_clause, read_expression, read_statement, read_target
from .source import Source
from .structure import settled
from .tree import Expr, Statement, Symbol
from .vocabulary import Vocabulary

Dialect = Literal["latex", "plain"]
Text = MappedText | Source | str

_LIMIT = re.compile(
    r"\\(?:sum|prod)(?![A-Za-z])(?:\s*\\(?:no)?limits(?![A-Za-z]))?"
    r"(?:\s*[_^]\s*\{(?:[^{}]|\{[^{}]*\})*\}|\s*[_^]\s*[A-Za-z0-9](?=\s*[_^]))?"
    r"\s*[_^]\s*[A-Za-z](?=[A-Za-z])"
)
"""The limit of a sum is one letter if it has no braces: `\\sum_jW` sums W over j."""

_NUMBERED = re.compile(r"(?<![A-Za-z\\_^])[A-Za-z]+(\d+)(?![\d.])")
"""In plain text `v1` is v_1."""


def parse_expression(source: Text, vocabulary: Vocabulary, dialect: Dialect = "latex") -> Expr:
    """The tree of one expression. Raises `NotationError`."""
    text = prepared(source, dialect)
    return read_expression(parse(text, "additive"), _scope(text, vocabulary, dialect))


def parse_statement(source: Text, vocabulary: Vocabulary, dialect: Dialect = "latex") -> Statement:
    """The tree of one formula with its relations and range clauses. Raises `NotationError`."""
    text = prepared(source, dialect)
    found = claims(text, _indices(vocabulary))
    if len(found) > 1:
        start = text.text.index(found[1].formula.text)
        hint = "write each in a line of its own"
        raise text.error("a second formula begins here", start, len(text.text), hint)
    claim = found[0] if found else None
    formula = claim.formula if claim else text
    statement = read_statement(parse(formula, "statement"), _scope(formula, vocabulary, dialect))
    if claim is None or claim.clause is None:
        return statement
    clause = claim.clause
    ranges = read_clause(parse(clause, "clause"), _scope(clause, vocabulary, dialect))
    return replace(statement, ranges=ranges)


def parse_target(
    source: Text, vocabulary: Vocabulary, dialect: Dialect = "latex", *, arguments: bool = True
) -> Symbol:
    """The left side of a definition as one symbol: `net_t`, `dh_{raw}`, `d\\gamma_o`.

    A relation and what follows it are left aside. `arguments` that follow the symbol, as in
    `E(y, \\hat y)`, only remind the reader if they are allowed. Raises `NotationError` if it is no
    symbol.
    """
    text = left_side(prepared(source, dialect, closed=False)).stripped()
    text = settled(text, comments=False)
    branch = parse(text, "additive")
    return read_target(branch, _scope(text, vocabulary, dialect), arguments=arguments)


def parse_key(text: str, time_index: str = "t", indexed: bool = True) -> Symbol:
    """A key of a model file: `W_{hh}`, `h^{(t)}`, `x_t`, `s_0`, `\\hat y_t`.

    Numbers, the time index and T are indices, other scripts belong to the name; with
    `indexed=False` (a parameter: `\\beta_1`) all of them do. Raises `NotationError`.
    """
    prepared_text = prepared(Source(text, "<key>"), "latex")
    vocabulary = Vocabulary(time_index=time_index)
    branch = parse(prepared_text, "additive")
    return read_target(branch, _scope(prepared_text, vocabulary, "latex"), indexed, key=True)


def split_statements(source: Source) -> list[Source]:
    """One equation a line; a line that begins with `=`, `+` or `-` continues the one above."""
    return [
        Source(source.text[start:end], source.name, *source.line_and_column(start))
        for start, end in logical_lines(source.text)
    ]


def prepared(source: Text, dialect: Dialect, closed: bool = True) -> MappedText:
    """The text in ASCII, bounded in length, with its brackets and bars settled."""
    if isinstance(source, str):
        source = Source(source)
    text = source if isinstance(source, MappedText) else MappedText.of(source)
    if len(text.text) > MAX_FORMULA_CHARACTERS:
        message = f"a formula of more than {MAX_FORMULA_CHARACTERS} characters is not read"
        raise text.limit(message, 0, 1)
    text = ascii_mathematics(text)
    if dialect == "plain":
        text = text.edited((*m.span(1), f"_{{{m[1]}}}") for m in _NUMBERED.finditer(text.text))
    else:
        text = text.edited((m.end(), m.end(), " ") for m in _LIMIT.finditer(text.text))
    return settled(text, comments=dialect == "latex") if closed else text


def _scope(text: MappedText, vocabulary: Vocabulary, dialect: Dialect) -> Scope:
    return new_scope(text, vocabulary, dialect == "plain")


def _indices(vocabulary: Vocabulary) -> frozenset[str]:
    declared = frozenset(vocabulary.names)
    return (vocabulary.index_letters - declared) | {vocabulary.time_index, "T"}


__all__ = [
    "Dialect",
    "NotationError",
    "parse_expression",
    "parse_key",
    "parse_statement",
    "parse_target",
    "split_statements",
]
