r"""The last step under another letter: `L = \sum_{t=1}^{\tau} L_t` where nothing says what τ is.

A letter without a value is *for all*; but nobody claims of every τ that a sum to τ is the loss. So
a letter is read as the last step T if some sum over the steps runs from a number to it, if it has
no other meaning (nothing binds it, nothing declares or defines it), if no formula has it both as
such a limit and outside of one, and if the document has no T of its own. That is told as a choice.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from ..notation.displays import Text
from ..notation.elaboration.given import Given
from ..notation.elaboration.indices import letter_text
from ..notation.elaboration.lines import lines_of, nodes
from ..notation.names.declaring import name_of
from ..notation.statements.bounds import bounds_of
from ..notation.statements.statement import Bounds, Clause, Statement
from ..notation.surface.nodes import Big, Name, Number, Script, Scripted, meaningful

LAST = "T"


def last_letter(given: Given, statements: Sequence[Statement], text: Text) -> str | None:
    """The letter that a document writes for the last step, if it is another than T."""
    alone = [one.clause for display in text.displays for one in display.read.clauses_alone]
    ranged = {letter_text(bounds.letter) for clause in alone for bounds in clause.bounds}
    limits = [_limits(statement, given.time_index) for statement in statements]
    letters = {letter for found in limits for letter in found} - _taken(given) - ranged
    fitting = {letter for letter in letters if _fits(letter, statements, limits)}
    own = any(_has_last(statement) for statement in statements) or _says_last(alone)
    return None if own or len(fitting) != 1 else fitting.pop()


def _taken(given: Given) -> set[str]:
    """What has a meaning by the model."""
    names = {name.base.text for one in given.declared if (name := name_of(one.key)) is not None}
    return names | {given.time_index, LAST} | given.sizes | set(given.functions)


def _fits(letter: str, statements: Sequence[Statement], limits: Sequence[dict[str, int]]) -> bool:
    """Whether a letter has no other meaning, and is nowhere both a limit and something else."""
    for line, found, statement in zip(lines_of(statements), limits, statements, strict=True):
        if letter in line.bound or _is_defined(letter, statement):
            return False
        written = _written(statement, letter)
        if letter in found and written != found[letter]:
            return False
        if _raised(statement, letter):
            return False
    return True


def _is_defined(letter: str, statement: Statement) -> bool:
    first = meaningful(statement.operands[0])
    return len(first) == 1 and letter_text(first[0]) == letter


def _limits(statement: Statement, time_index: str) -> dict[str, int]:
    """How often each letter is the upper limit of a sum over the steps from a number on."""
    found: dict[str, int] = {}
    for bounds in _summed(statement):
        upper = () if bounds.upper is None else meaningful(bounds.upper)
        lower = () if bounds.lower is None else meaningful(bounds.lower)
        counted = len(lower) == 1 and isinstance(lower[0], Number)
        letter = letter_text(upper[0]) if len(upper) == 1 else None
        if letter is not None and counted and letter_text(bounds.letter) == time_index:
            found[letter] = found.get(letter, 0) + 1
    return found


def _summed(statement: Statement) -> Iterator[Bounds]:
    for operand in statement.operands:
        for node in nodes(operand):
            if isinstance(node, Scripted) and node.base == Big(r"\sum"):
                places = {script.place: script.body for script in node.scripts}
                found = bounds_of(places.get("_"), places.get("^"))
                yield from () if isinstance(found, str) else found


def _written(statement: Statement, letter: str) -> int:
    """How often a letter is written in a chain."""
    every = (node for operand in statement.operands for node in nodes(operand))
    return sum(isinstance(node, Name) and node.text == letter for node in every)


def _raised(statement: Statement, letter: str) -> int:
    """How often a letter is the whole of a superscript without brackets: a power or a transpose."""
    return sum(
        script.place == "^" and not script.wrapped and _is_only(script, letter)
        for operand in statement.operands
        for node in nodes(operand)
        if isinstance(node, Scripted) and not isinstance(node.base, Big)
        for script in node.scripts
    )


def _is_only(script: Script, letter: str) -> bool:
    body = meaningful(script.body)
    return len(body) == 1 and letter_text(body[0]) == letter


def _has_last(statement: Statement) -> bool:
    """Whether T is written, and neither as a transpose nor as a name with an index, T_i."""
    otherwise = _raised(statement, LAST) + _numbered(statement, LAST)
    return _written(statement, LAST) > otherwise or _says_last(statement.clauses)


def _numbered(statement: Statement, letter: str) -> int:
    """How often a letter is a name with something below it."""
    every = (node for operand in statement.operands for node in nodes(operand))
    return sum(
        isinstance(node, Scripted)
        and letter_text(node.base) == letter
        and any(script.place == "_" for script in node.scripts)
        for node in every
    )


def _says_last(clauses: Iterable[Clause]) -> bool:
    """Whether a range of letters names T."""
    bounds = [one for clause in clauses for one in clause.bounds]
    limits = [part for one in bounds for part in (one.lower, one.upper, *one.values) if part]
    letters = (letter_text(one.letter) for one in bounds)
    return LAST in letters or any(
        isinstance(node, Name) and node.text == LAST for one in limits for node in nodes(one)
    )
