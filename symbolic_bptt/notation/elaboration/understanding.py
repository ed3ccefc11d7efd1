"""Understanding: what every name of a document is, from all of its lines."""

from __future__ import annotations

from collections.abc import Sequence

from ..statements.statement import Statement
from .choices import Oracle
from .context import Context, Signature
from .defining import find_targets
from .document import Document
from .equations import opened
from .errors import ElaborationError
from .given import Given
from .inference import infer_types


def understood(given: Given, statements: Sequence[Statement], signature: Signature) -> Document:
    """The document: what could be definitions, typed in the order in which that is possible."""
    document = typed(given, statements, signature)
    document.context.writes_inner = _writes_inner(document)
    return document


def typed(given: Given, statements: Sequence[Statement], signature: Signature) -> Document:
    """The same, in which two vectors side by side may be an inner product whatever it writes."""
    context = Context(
        signature,
        dict(given.types),
        given.functions,
        given.undetermined,
        given.sizes,
        given.time_index,
        given.losses,
        given.parameters,
        arguments=given.arguments,
        entrywise=given.entrywise,
        diagonals=given.diagonals,
    )
    document = Document(given, tuple(statements), signature, context)
    find_targets(document)
    infer_types(document)
    return document


def _writes_inner(document: Document) -> bool:
    """Whether some line writes an inner product with its transpose."""
    for line, statement in enumerate(document.statements):
        for operand in statement.operands:
            e = opened(document.context, Oracle(), line)
            try:
                e.expression(operand)
            except ElaborationError:
                continue
            if e.transposed_inner:
                return True
    return False
