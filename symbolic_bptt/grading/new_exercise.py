"""A new exercise file for a model: commented, complete, and valid as it stands."""

from __future__ import annotations

from ..model.model import Model
from ..notation.printer.latex import latex
from ..notation.tree import Derivative, Symbol

_TEXT = """\
# An exercise for `bptt grade`. `bptt exercise lint FILE` tries it out before a class sees it.

title = {title}
model = {model}            # a name that `bptt models` lists, or the path of a model file from here
T     = 3                  # the number of steps that students think of; every claim holds for all
hints = {hints}

# Formulas that may be used without proof, one a line in the plain notation. A derivative on the
# left may then stand in an answer without being worked out.
given = [
#  'dE/dŷ_t = -y_t / ŷ_t',
]

# How formulas may be read besides literally; an empty list allows the strict reading alone.
#   immediate   ∂s_t/∂W with s_(t-1) held fixed     layout    Jacobians transposed
#   order       the order of factors in a product   vectors   a b as inner or elementwise product
#   diagonal    a vector beside a matrix as diag    rows      gradients as rows
readings = ["immediate", "layout", "order", "vectors", "diagonal", "rows"]

# let = {{ f = "tanh" }}   # settles an undetermined function of the model
seed = 0                   # for the numbers of counterexamples, and for pseudonyms
{targets}
[credit]                   # shares of a target's points
carried      = 0.5         # right given what was written before
contradicted = 0.5         # right once, and then something else is said of the same quantity

[credit.mistakes]          # where the one thing wrong is a mistake of this name
# sign = 0.5
# transpose = 0.5

[penalties]                # points taken off once for a mistake of this name
# sign = 1

[steps]
at_least = 0               # relations that must lead to an answer
jump     = 1.0             # the share that is left where they do not
"""

_TARGET = """
[[targets]]
name        = {name}
quantity    = {quantity}
points      = 2
explicit    = true         # no derivative may be left in the answer but those of `may_contain`
may_contain = []           # such as '\\frac{{\\partial s_t}}{{\\partial s_k}}'
"""


def new_exercise(model: Model, named: str) -> str:
    """The text of an exercise that asks for the gradient of every parameter."""
    targets = "".join(
        _TARGET.format(
            name=_text(f"gradient by {name}"),
            quantity=_text(latex(Derivative("partial", Symbol(model.loss), Symbol(name)))),
        )
        for name in model.parameters
    )
    title = model.title.partition(",")[0] or model.name
    return _TEXT.format(
        title=_text(f"Backpropagation through time: {title}"),
        model=_text(named),
        hints=_text(f"Write the loss as {model.loss}, and number the steps as the model does."),
        targets=targets,
    )


def _text(value: str) -> str:
    """A TOML string: literal where it can be, for the backslashes."""
    if "'" not in value and value.isprintable():
        return f"'{value}'"
    escaped = value.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
