"""A document of a model: its names inferred from what the model declares and the text defines."""

from __future__ import annotations

from ..model.given import given
from ..model.model import Model
from ..notation.displays import Text
from ..notation.elaboration.document import Document
from ..notation.elaboration.given import Given
from ..notation.elaboration.lines import lines_of
from ..notation.elaboration.understanding import understood
from ..notation.names.signature import signature
from ..notation.names.types import Declared, Line
from ..notation.statements.renaming import with_last_step
from ..notation.statements.statement import Statement
from ..notation.surface.nodes import Name
from .alphabets import other_letter
from .last_steps import LAST, last_letter
from .left_out import with_steps, without_step
from .relettering import Letter, relettered
from .size_letters import index_letters

MOST_PASSES = 5
"""How often it is looked for names whose step is left out."""

Places = dict[int, tuple[tuple[str, Name], ...]]


def document_of(model: Model, statements: list[Statement], text: Text) -> Document:
    """The document with its names: inferred, and again with the ranks of what it defines."""
    names = given(model)
    statements = [with_last_step(one, model.time.letter) for one in statements]
    places: Places = {}
    last = last_letter(names, statements, text)
    if last is not None:
        statements = _read_as(statements, Letter(last, LAST, "the last step", indices=True), places)
    lines = lines_of(statements)
    first = _with_names(names, statements, lines, text, names.declared)
    letters = [
        Letter(size, index, "an index", indices=True)
        for size, index in index_letters(first, text).items()
    ]
    other = other_letter(names, first)
    if other is not None:
        letters.append(Letter(*other, "the loss"))
    for letter in letters:
        statements = _read_as(statements, letter, places)
    if letters:
        lines = lines_of(statements)
        first = _with_names(names, statements, lines, text, names.declared)
    document = _ranked(names, statements, lines, text, first)
    for _ in range(MOST_PASSES):  # one that is defined by another that leaves its step out
        bare = without_step(document)
        if not bare:
            break
        statements, found = with_steps(statements, bare, names.time_index)
        _note(found, places)
        lines = lines_of(statements)
        first = _with_names(names, statements, lines, text, names.declared)
        document = _ranked(names, statements, lines, text, first)
    document.relettered = places
    return document


def _read_as(statements: list[Statement], letter: Letter, places: Places) -> list[Statement]:
    """The statements with a letter read as another; where that is is noted."""
    made, found = relettered(statements, letter)
    _note(found, places)
    return made


def _note(found: Places, places: Places) -> None:
    for line, here in found.items():
        places[line] = (*places.get(line, ()), *here)


def _ranked(
    names: Given, statements: list[Statement], lines: tuple[Line, ...], text: Text, first: Document
) -> Document:
    """The document with the ranks of what it defines, which `first` found."""
    ranked = tuple(
        Declared(key, len(kind.axes), slots, "variable")
        for (key, slots), kind in first.context.types.items()
        if (key, slots) not in names.types and _is_whole(first, (key, slots))
        if not set(key) & set("_^'")
    )
    if not ranked:
        return first
    return _with_names(names, statements, lines, text, (*names.declared, *ranked))


def _is_whole(document: Document, identity: tuple[str, int]) -> bool:
    """Whether a name is defined as a whole, and not by its entries."""
    own = [target for target in document.targets.values() if target.identity == identity]
    return bool(own) and not any(target.read.entries for target in own)


def _with_names(
    names: Given,
    statements: list[Statement],
    lines: tuple[Line, ...],
    text: Text,
    declared: tuple[Declared, ...],
) -> Document:
    plain = any(display.dialect == "plain" for display in text.displays)
    found = signature(
        lines,
        declared,
        time_index=names.time_index,
        last=names.last,
        sizes=names.sizes,
        functions=frozenset(names.functions),
        plain_text=plain,
    )
    return understood(names, statements, found)
