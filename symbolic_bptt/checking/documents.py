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
from ..notation.names.types import Declared
from ..notation.statements.statement import Statement


def document_of(model: Model, statements: list[Statement], text: Text) -> Document:
    """The document with its names: inferred, and again with the ranks of what it defines."""
    names = given(model)
    first = _with_names(names, statements, text, names.declared)
    ranked = tuple(
        Declared(key, len(kind.axes), slots, "variable")
        for (key, slots), kind in first.context.types.items()
        if (key, slots) not in names.types and _is_whole(first, (key, slots))
        if not set(key) & set("_^'")
    )
    return _with_names(names, statements, text, (*names.declared, *ranked)) if ranked else first


def _is_whole(document: Document, identity: tuple[str, int]) -> bool:
    """Whether a name is defined as a whole, and not by its entries."""
    own = [target for target in document.targets.values() if target.identity == identity]
    return bool(own) and not any(target.read.entries for target in own)


def _with_names(
    names: Given, statements: list[Statement], text: Text, declared: tuple[Declared, ...]
) -> Document:
    plain = any(display.dialect == "plain" for display in text.displays)
    found = signature(
        lines_of(statements),
        declared,
        time_index=names.time_index,
        last=names.last,
        sizes=names.sizes,
        functions=frozenset(names.functions),
        plain_text=plain,
    )
    return understood(names, statements, found)
