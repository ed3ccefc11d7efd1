"""What text and HTML say alike: shapes, letters, choices, names and sums in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ...checking.understanding import (
    FileUnderstood,
    Link,
    Named,
    NotUnderstood,
    StatementKind,
    Understanding,
)
from ...core.types import Type, shown
from ...notation.elaboration.choices import WORDS, Choice
from ...notation.errors import Kind
from ..check import displays

WITHOUT: Mapping[Kind, str] = {
    "unreadable": "not read",
    "limit": "not read",
    "shape": "ill-shaped",
    "undefined": "undefined",
    "model": "not read",
}
"""A kind of problem in words."""

_ROLES = {
    "parameter": "parameter",
    "input": "input",
    "state": "initial state",
    "variable": "defined by the model",
    "size": "size",
    "function": "function",
    "loss": "loss",
    "defined": "defined here",
    "unknown": "introduced nowhere",
}

_PLAIN = {
    ("layout", "numerator"): "numerator layout",
    ("state, left", "total"): "∂ total",
    ("state, right", "total"): "∂ total",
    ("product order", "as written"): "factors in ascending order",
    ("scope of sum", "to the next plus"): "the sum ends at the next plus",
    ("scope of product", "to the next plus"): "the product reaches to the next plus",
    ("argument", "all that follows"): "the function is applied to all that follows",
    ("slash", "narrow"): "the slash divides by the next factor",
    ("call", "time"): "a name before a parenthesis is taken at that step",
    ("raised one", "ones"): "a row of ones",
    ("number", "identity"): "a number beside a Jacobian as a multiple of I",
    ("number", "entries"): "a number in every entry",
    ("entrywise", "matrix"): "a diagonal Jacobian as a matrix",
    ("vector beside a matrix", "product"): "a matrix times a vector as it stands",
    ("repeated step", "every"): "said of every step",
    ("superscript", "transpose"): "^T as the transpose",
    ("marked", "same step"): "∂⁺ within the step",
    ("raised one", "number"): "the number 1",
    ("softmax", "rows"): "softmax of the rows of a matrix",
    ("gradient", "row chained"): "a gradient before a Jacobian as a row",
}
"""Answers that are the plainest, in words."""


KINDS: Mapping[StatementKind, str] = {
    "definition": "definition",
    "restatement": "restatement",
    "claim": "claim",
    "assumption": "assumption",
    "clause": "clause",
    "unread": "NOT UNDERSTOOD",
}
"""What a statement is, in capitals if it needs attention: no colour has to tell."""


def shape(kind: Type) -> str:
    """`scalar`, `vector of n`, `row of n`, `matrix n x m`."""
    if kind.is_scalar:
        return "scalar"
    if kind.is_vector:
        return f"vector of {shown(kind)}"
    return f"row of {shown(kind)[4:]}" if kind.is_row else f"matrix {shown(kind)}"


def shapes(link: Link) -> str:
    """The shape of both sides; of each where they are told apart."""
    left, right = shape(link.left), shape(link.right)
    return left if left == right else f"left {left}, right {right}"


def letters(link: Link) -> str:
    """`every step t; i from 1 to n`; empty where nothing is free."""
    steps = [name for name, sort in link.letters if sort == "step"]
    entries = [f"{name} = 1, …, {sort}" for name, sort in link.letters if sort != "step"]
    every = [f"every step {', '.join(steps)}"] if steps else []
    return "; ".join([*every, *entries])


def choice(one: Choice) -> str:
    """How something doubtful was read, and how else it could be; or what the shapes forced."""
    read = words(one.kind, one.read)
    if one.kind == "letter":
        return read
    if not one.alternatives:
        return f"forced by the shapes: {read}"
    others = " or ".join(words(one.kind, other) for other in one.alternatives)
    return f"{read}, not {others}"


def words(kind: str, read: str) -> str:
    """One answer in words."""
    return WORDS.get((kind, read)) or _PLAIN.get((kind, read)) or f"{kind}: {read}"


def why(one: NotUnderstood) -> str:
    """What is wrong with a text, and what to write instead."""
    reason = f"{WITHOUT[one.kind]}: {one.why}"
    return f"{reason}; {one.hint}" if one.hint else reason


def line(file: FileUnderstood, source: str, number: int) -> str:
    """`line 3`; in a notebook `cell 2, line 3`."""
    cell = source.removeprefix(file.name).strip()
    return f"{cell}, line {number}" if cell else f"line {number}"


def name_row(file: FileUnderstood, one: Named) -> tuple[str, str, str, str]:
    """Shape, what it is, where it is introduced, and how it is written."""
    typed = shape(one.type) if one.type is not None else _untyped(one)
    if one.of_the_model:
        born = "the model"
    else:
        born = "nowhere" if one.born is None else line(file, one.source, one.born)
    return typed, _ROLES.get(one.kind, one.kind), born, ", ".join(one.written)


def _untyped(one: Named) -> str:
    return "number" if one.kind == "size" else "" if one.kind == "function" else "not known"


HEAD = ("name", "shape", "what it is", "introduced by", "written")
"""The columns of the table of names."""


def sums(understanding: Understanding) -> str:
    """`3 displays, 2 read, 2 about this model; 1 place without a meaning`."""
    count = sum(len(file.unread) for file in understanding.files)
    places = f"{count} place{'s' if count > 1 else ''} without a meaning" if count else ""
    return "; ".join(filter(None, [displays(understanding.displays), places])) or "no formula"


def notes(file: FileUnderstood) -> Iterator[str]:
    """What is to be told about how the file was read."""
    yield from file.notes
    for one in file.statements:
        place = line(file, one.source, one.line)
        yield from (f"{place}: {remark}" for remark in one.remarks)
