"""Understanding: what every name of a document is, from all of its lines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from ..statements.statement import Statement
from ..surface.nodes import Big
from .choices import Oracle
from .context import Context, Signature, never
from .defining import find_targets
from .document import Document
from .equations import equation, opened
from .errors import ElaborationError
from .given import Given
from .inference import infer_types
from .lines import nodes


def understood(given: Given, statements: Sequence[Statement], signature: Signature) -> Document:
    """The document: what could be definitions, typed in the order in which that is possible."""
    document = typed(given, statements, signature)
    document.context.writes_inner = cache(lambda: _writes_inner(document))
    document.context.leaves_sums = cache(lambda: _leaves_sums(document))
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
    context = replace(document.context, writes_inner=never)
    for line, statement in enumerate(document.statements):
        for operand in statement.operands:
            e = opened(context, Oracle(), line)
            try:
                e.expression(operand)
            except ElaborationError:
                continue
            if e.transposed_inner:
                return True
    return False


def _leaves_sums(document: Document) -> bool:
    """Whether it writes no Σ, and some line sums over entries by a repeated index alone."""
    operands = (operand for one in document.statements for operand in one.operands)
    if any(isinstance(node, Big) for operand in operands for node in nodes(operand)):
        return False
    context = replace(document.context, leaves_sums=never)
    for line, statement in enumerate(document.statements):
        for link in range(len(statement.relations)):
            oracle = Oracle()
            try:
                equation(context, oracle, document.sides(line, link))
            except ElaborationError:
                continue
            if ("repeated index", "summed") in oracle.forced:
                return True
    return False
