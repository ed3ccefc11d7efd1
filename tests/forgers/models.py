"""Models as small as they come: one number, or one size letter, at each step."""

from __future__ import annotations

from functools import cache

from symbolic_bptt.checking.evidence import evidence
from symbolic_bptt.checking.laboratory import Laboratory, open_laboratory
from symbolic_bptt.checking.reports import claim_report
from symbolic_bptt.checking.sheet import examined
from symbolic_bptt.checking.verdict import CheckedClaim
from symbolic_bptt.model import Model
from symbolic_bptt.model.loader import model_from_source
from symbolic_bptt.notation.displays import read_text
from symbolic_bptt.notation.source import Source

SCALAR = r"""
loss = "E"
equations = '''
h_t = \tanh(w h_{t-1} + u x_t)
E = \sum_t h_t y_t
'''
[parameters]
w = "scalar"
u = "scalar"
[inputs]
x_t = "scalar"
y_t = "scalar"
[initial]
h_0 = "scalar"
"""

VECTOR = r"""
loss = "E"
equations = '''
h_t = \tanh(W h_{t-1} + x_t)
E_t = y_t^\top h_t
E = \sum_t E_t
'''
[parameters]
W = "n x n"
[inputs]
x_t = "n"
y_t = "n"
[initial]
h_0 = "n"
"""

RECTANGLE = r"""
loss = "E"
equations = '''
h_t = \tanh(W h_{t-1} + U x_t)
E = \sum_t y_t^\top h_t
'''
[parameters]
W = "n x n"
U = "n x m"
[inputs]
x_t = "m"
y_t = "n"
[initial]
h_0 = "n"
"""

RELU = r"""
loss = "E"
equations = '''
h_t = \operatorname{relu}(w h_{t-1} + u x_t)
E = \sum_t h_t y_t
'''
[parameters]
w = "scalar"
u = "scalar"
[inputs]
x_t = "scalar"
y_t = "scalar"
[initial]
h_0 = "scalar"
"""

ONE_HOT = r"""
loss = "E"
equations = '''
h_t = \tanh(w h_{t-1} + x_t)
p_t = \operatorname{softmax}(v h_t)
E = -\sum_t y_t^\top \log p_t
'''
[parameters]
w = "scalar"
v = "3"
[inputs]
x_t = "scalar"
y_t = "3, one-hot"
[initial]
h_0 = "scalar"
"""

ANY_FUNCTION = r"""
loss = "E"
equations = '''
h_t = f(w h_{t-1} + x_t)
E = \sum_t h_t y_t
'''
[functions]
f = 1
[parameters]
w = "scalar"
[inputs]
x_t = "scalar"
y_t = "scalar"
[initial]
h_0 = "scalar"
"""


@cache
def model(text: str) -> Model:
    return model_from_source(Source(text, "model.toml"), "model")


@cache
def laboratory(text: str, seed: int) -> Laboratory:
    return open_laboratory(model(text), seed, text)


def last(text: str, *lines: str, seed: int = 0) -> CheckedClaim:
    """What `check_text` says of the last line, but for the reasons why it fails."""
    source = Source("\n".join(lines), "lines.txt")
    sheet = examined(laboratory(text, seed), read_text(source, "txt"))
    posed, judged = sheet.results[-1]
    assert posed.line is sheet.bound.lines[-1], lines[-1]
    proof = evidence(sheet.bench, sheet.bound.definitions, judged)
    found = claim_report("lines.txt", posed.line.formula, posed.claim, judged, (), proof)
    assert found.verdict in ("holds", "fails", "undecided"), found
    return found


def holds(text: str, *lines: str, seed: int = 0) -> str:
    """The kind of evidence with which the last line holds; empty if it does not."""
    found = last(text, *lines, seed=seed)
    if found.verdict != "holds":
        return ""
    assert found.evidence is not None
    return found.evidence.kind
