"""What a reader is told about what cannot be read: where, what is wrong, what to write."""

from __future__ import annotations

import pytest

from symbolic_bptt.checking.check import check_text
from symbolic_bptt.checking.quantities import quantity
from symbolic_bptt.model.loader import model_from_source
from symbolic_bptt.notation.errors import NotationError, Problem
from symbolic_bptt.notation.source import Source

MODEL = model_from_source(
    Source(
        """
loss = "E"
equations = "E = u v x f(u) g(u, v)"
[parameters]
u = "scalar"
v = "scalar"
W = "n x n"
[inputs]
x = "scalar"
[functions]
f = 1
g = 2
"""
    ),
    "names",
)


def problem(text: str) -> Problem:
    with pytest.raises(NotationError) as caught:
        quantity(MODEL, text)
    return caught.value.problems[0]


# text, what the caret points at, a part of the message, a part of the hint
MESSAGES = [
    ("(u + v", "(", "never closed", "write )"),
    (r"\left(\left(x\right)", r"\left", "never closed", r"write \right)"),
    ("u + v)", ")", "closes nothing", "delete it"),
    ("(u + v]", "]", "closed by ']'", "write )"),
    (r"\frac{u}{v", "{", "never closed", "write }"),
    (r"\begin{bmatrix} u", r"\begin", "never closed", r"write \end{bmatrix}"),
    (r"\begin{tikzpicture} u \end{tikzpicture}", r"\begin", "environment tikzpicture", "aligned"),
    ("u +", "u +", "nothing behind it", ""),
    ("u + * v", "* v", "two signs", ""),
    ("u ! v", "!", "factorials", "number"),
    (r"u \odto v", r"\odto", r"\odto is not in the notation", r"\odot"),
    (r"\tahn(u)", r"\tahn", r"\tahn is not in", r"\tanh"),
    (r"\input{file}", r"\input", r"\input is not in", ""),
    (r"u \approx v", r"\approx", "second relation", ""),
    ("x_10", "x_10", "is defined neither", ""),
    ("x^2^3", "^3", "two superscripts", "braces"),
    (r"\tanh", r"\tanh", "of nothing", ""),
    (r"\tanh^{-1}(u)", r"\tanh", "may mean two things", "1 / tanh(z)"),
    ("f(u, v)", "f", "f takes 1 argument, not 2", ""),
    ("g(u)", "g", "g takes 2 arguments, not 1", ""),
    ("q(u, v)", "q", "q is defined neither", ""),
    ("W()", "W()", "something is missing", ""),
    (r"\sum v", r"\sum", "over which index", r"\sum_{t=1}^{T}"),
    (r"\sum_{t=1}^{T}", r"\sum_{t=1}^{T}", "of nothing", ""),
    (r"\frac{\partial u}{v}", r"\partial", "without a /∂", r"\partial b"),
    (r"\partial u \cdot v", r"\partial", "without a /∂", ""),
    (r"\nabla u", r"\nabla", "taken by", r"\nabla_{W} E"),
    (r"u + \dots + v", r"u + \dots", "dots", "range"),
    (r"u \text{ and then some}", r"\text", "words", ""),
    ("х + x", "х", "CYRILLIC SMALL LETTER HA", "Latin letter x"),
    ("x\u0000y", "\u0000", "U+0000", ""),
    (r"u \\ v", r"\\", "a list", ""),
    ("[u = v = x]", "[u = v = x]", "one comparison", ""),
]


@pytest.mark.parametrize(("text", "at", "message", "hint"), MESSAGES, ids=[m[0] for m in MESSAGES])
def test_the_message_says_what_is_wrong_and_where(
    text: str, at: str, message: str, hint: str
) -> None:
    found = problem(text)
    assert message in found.message
    assert hint in found.hint
    assert text[found.span.start :].startswith(at)


@pytest.mark.parametrize("text", [case[0] for case in MESSAGES])
def test_no_message_speaks_of_the_grammar(text: str) -> None:
    message = str(problem(text))
    for word in ("Token", "Scripted", "Sequence", "Error", "None", "Elaboration"):
        assert word not in message


def test_the_line_is_shown_with_a_caret() -> None:
    (claim,) = check_text(MODEL, "u = v\n  + \\tahn(x)", name="answer.tex").claims
    assert claim.message == (
        "answer.tex:2:5: \\tahn is not in the notation\n"
        "      + \\tahn(x)\n"
        "        ^^^^^\n"
        "  did you mean \\tanh?"
    )


def test_places_survive_unicode() -> None:
    found = problem("∂u/∂v ⊙ Wᵀ + \\tahn(x)")
    assert found.source.line_and_column(found.span.start) == (1, 14)
