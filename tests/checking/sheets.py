"""Formula files as lists of lines, and the verdicts on them."""

from __future__ import annotations

from symbolic_bptt.checking.check import check_text
from symbolic_bptt.checking.verdict import CheckedClaim
from symbolic_bptt.model import Model, load_model
from symbolic_bptt.model.loader import model_from_source
from symbolic_bptt.notation.source import Source

SAME_LETTER = r"""
loss = "E"
equations = '''
q_t = \tanh(q q_{t-1} + x_t)
E = \frac12 (q_T - y)^2
'''
[parameters]
q = "scalar"
[inputs]
x_t = "scalar"
y = "scalar"
[initial]
q_0 = "scalar"
"""

LINEAR_LOSS = r"""
loss = "L"
equations = '''
h_t = \tanh(W h_{t-1} + U x_t)
y_t = v^\top h_t
L = \frac1T \sum_t y_t
'''
[parameters]
W = "n x n"
U = "n x m"
v = "n"
[inputs]
x_t = "m"
[initial]
h_0 = "n"
"""

GATES = r"""
loss = "L"
equations = '''
n_t = \tanh(W x_t + U n_{t-1})
v_t = \tanh(V n_t)
L = \frac12 \sum_t (v_t - y_t)^\top (v_t - y_t)
'''
[parameters]
W = "n x m"
U = "n x n"
V = "k x n"
[inputs]
x_t = "m"
y_t = "k"
[initial]
n_0 = "n"
"""


def model(text: str) -> Model:
    """The model of a TOML text, or of that name in the library."""
    if "\n" not in text:
        return load_model(text)
    return model_from_source(Source(text, "model.toml"), "model")


def claims(of: str, *lines: str) -> tuple[CheckedClaim, ...]:
    """Every relation of a file of these lines."""
    return check_text(model(of), "\n".join(lines), ".txt").claims


def verdicts(of: str, *lines: str) -> list[str]:
    """Their verdicts."""
    return [claim.verdict for claim in claims(of, *lines)]
