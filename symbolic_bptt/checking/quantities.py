"""Quantities that are asked for by themselves: ∂E/∂W of an exercise, read as in a text."""

from __future__ import annotations

from ..model.model import Model
from ..notation.displays import Text, read_expression
from ..notation.elaboration.choices import Oracle
from ..notation.elaboration.equations import opened
from ..notation.elaboration.errors import ElaborationError
from ..notation.elaboration.lower import NotLowered, lowered
from ..notation.errors import NotationError, Problem
from ..notation.source import Source
from ..notation.statements.statement import Statement
from ..notation.tree import Expr, Span
from .documents import document_of
from .unread import problem_of


def quantity(model: Model, written: str) -> Expr:
    """The tree of one expression in the names of a model, read in the plainest way.

    Raises `NotationError` for what is no expression, or has no meaning in the model.
    """
    source = Source(written, "<quantity>")
    whole = Span(0, len(written))
    tree = read_expression(source)
    statement = Statement((tree,), (), parts=(tree,))
    document = document_of(model, [statement], Text(()))
    e = opened(document.context, Oracle(), 0)
    e.side = "left"
    try:
        (term,) = e.settled(e.expression(tree))
        return lowered(term)
    except ElaborationError as error:
        raise NotationError(problem_of(error, source, whole)) from None
    except NotLowered as error:
        raise NotationError(Problem(f"{error} is no quantity", source, whole)) from None
