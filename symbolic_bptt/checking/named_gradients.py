r"""Names that say that they are a gradient: dW, \Delta W, \delta W, where nothing else says it.

To define such a name is no claim. What it is meant as is judged all the same, and told.
"""

from __future__ import annotations

import re

from ..model.model import Model
from ..notation.printer.text import text
from ..notation.tree import Derivative, Expr, Statement, Symbol
from .claims import judge
from .comparison import Claim
from .definitions import Definition, Definitions
from .laboratory import Laboratory
from .letters import claimed_ranges

_NAMED = re.compile(r"(?:\\mathrm\{d([^{}]+)\}|d(\s*(?:\\[A-Za-z]+|[^\s_^{}])))(.*)")
_GREEK = re.compile(r"\\(?:Delta|delta)(?![A-Za-z])")
"""What may be written for the d; of ΔW that is less sure, and so it is only told."""

SAID = {"equal": "holds", "different": "fails"}
"""What is told of it; of anything less clear nothing is."""


def differentiated(name: str) -> str:
    """W of dW, by which the loss is differentiated where a name says so; else nothing.

    The word `dW` of plain text is one upright name.
    """
    found = _NAMED.fullmatch(name)
    return "" if found is None else (found[1] or found[2]).lstrip() + found[3]


def meant(definition: Definition, model: Model) -> Expr | None:
    """The derivative of the loss that the name of a definition speaks of; None if it does not."""
    of = differentiated(_GREEK.sub("d", definition.symbol.name, count=1))
    if not of or definition.entries:
        return None
    slot = (of, bool(definition.symbol.indices))
    if slot not in model.declarations or of == model.loss:
        return None
    wrt = Symbol(of, definition.symbol.indices, definition.symbol.layout)
    return Derivative("partial", Symbol(model.loss), wrt)


def as_gradient(bench: Laboratory, definitions: Definitions, definition: Definition) -> str:
    """`if meant as ∂E/∂W: fails`; empty for any other name, and where it is not decided."""
    derivative = meant(definition, bench.model)
    if derivative is None:
        return ""
    model, body = bench.model, definition.body
    whole = Statement((derivative, body), ("=",), definition.ranges)
    known, numbers = model.names | definitions.by_name.keys(), frozenset({"T", *model.sizes})
    ranges = claimed_ranges(whole, numbers, known, model.time.index)
    claim = Claim(derivative, "=", body, ranges)
    said = SAID.get(judge(bench, definitions, claim).finding.outcome)
    return f"if meant as {text(derivative)}: {said}" if said else ""
