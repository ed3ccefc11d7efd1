"""What a reader is told about what cannot be read: where, what was expected, what to write."""

from __future__ import annotations

import pytest

from symbolic_bptt.notation.errors import NotationError, Problem
from symbolic_bptt.notation.parser import Dialect, parse_expression, parse_statement
from symbolic_bptt.notation.source import Source
from symbolic_bptt.notation.vocabulary import NameRecord, Vocabulary

VOCABULARY = Vocabulary(
    names={name: NameRecord(name) for name in ("u", "v", "W", "x")},
    functions={"f": 1, "g": 2},
)


def problem(text: str, dialect: Dialect = "latex") -> Problem:
    with pytest.raises(NotationError) as caught:
        parse_expression(text, VOCABULARY, dialect)
    (found,) = caught.value.problems
    return found


# text, what the caret points at, a part of the message, a part of the hint
MESSAGES = [
    ("(u + v", "(", "opened here is never closed", "add )"),
    (r"\left(\left(x\right)", "(", "opened here is never closed", "add )"),
    ("u + v)", ")", "closes nothing", "delete it"),
    ("(u + v]", "]", "closes nothing", "needs )"),
    (r"\frac{u}{v", "{", "never closed", "add }"),
    (r"\begin{bmatrix} u", r"\begin{bmatrix}", "never closed", r"add \end{bmatrix}"),
    (r"\begin{tikzpicture} u \end{tikzpicture}", r"\begin{tikzpicture}", "unknown environment", ""),
    ("u +", "+", "ends too early: expected a symbol", ""),
    ("u + * v", "*", "expected a symbol, a number or a bracket", ""),
    ("u ! v", "!", "unexpected '!'", "factorials"),
    (r"u \odto v", r"\odto", r"\odto is not part of the notation", ""),
    (r"\tahn(u)", r"\tahn", r"\tahn is not part", r"\tanh"),
    (r"\input{file}", r"\input", r"\input is not part", "never read"),
    (r"\href{x}{y}", r"\href", r"\href is not part", ""),
    (r"u \approx v", r"\approx", "not part", "only equations"),
    ("x_10", "10", "more than one digit", "write _{10}"),
    ("v1", "1", "may mean two things", "v_1"),
    ("x^2^3", "^3", "two powers", "a^{b^c}"),
    (r"\tanh", r"\tanh", "needs an argument", r"write \tanh(z)"),
    (r"\tanh^{-1}(u)", r"\tanh", "may mean two things", "arctan"),
    ("f(u, v)", "(u, v)", "f takes 1 argument, not 2", ""),
    ("g(u)", "(u)", "g takes 2 arguments, not 1", ""),
    ("q(u, v)", "(u, v)", "q is not a function", "[functions]"),
    ("(u, v)", "(u, v)", "no function before it", "[a; b]"),
    ("W()", "()", "brackets are empty", ""),
    (r"\sum v", r"\sum", "over which index", r"\sum_{t=1}^{T}"),
    (r"\sum_{t=1}^{T}", r"\sum_{t=1}^{T}", "nothing stands behind the sum", ""),
    (r"\frac{\partial u}{v}", "{", "none below it", r"\partial b"),
    (r"\partial u \cdot v", r"\partial", "no /∂ behind it", ""),
    (r"\nabla u", r"\nabla", "needs what it is taken by", r"\nabla_{W} E"),
    (r"u + \dots + v", r"\dots", "dots cannot be checked", ""),
    (r"u \text{ and then some}", r"\text", "cannot be read as mathematics", "beside the formula"),
    ("u\u200bv", "\u200b", "U+200B (ZERO WIDTH SPACE)", "cannot be seen"),
    ("х + x", "х", "CYRILLIC SMALL LETTER HA", "Latin letter x"),
    ("x\u0000y", "\u0000", "U+0000", ""),
    (r"u \\ v", r"\\", "a second formula begins", "line"),
    ("u''", "''", "two primes", r"\top"),
    ("[u = v = x]", "[u = v = x]", "one relation", ""),
    ("", "", "empty", "write a formula"),
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
    for word in ("Token", "WORD", "OPERATOR", "$END", "RPAR", "LSQB", "Lark", "additive", "chain"):
        assert word not in message


def test_the_line_is_shown_with_a_caret() -> None:
    source = Source("u = v\n  + \\tahn(x)", "answer.tex", first_line=12)
    with pytest.raises(NotationError) as caught:
        parse_statement(source, VOCABULARY)
    assert str(caught.value) == (
        "answer.tex:13:5: \\tahn is not part of the notation\n"
        "      + \\tahn(x)\n"
        "        ^^^^^\n"
        "  did you mean \\tanh?"
    )


def test_places_survive_the_rewriting_of_unicode() -> None:
    found = problem("∂u/∂v ⊙ Wᵀ + \\tahn(x)", "plain")
    assert found.source.line_and_column(found.span.start) == (1, 14)


def test_two_formulas_in_one_are_refused() -> None:
    with pytest.raises(NotationError, match="a second formula begins here"):
        parse_statement(r"u = v, \quad W = x", VOCABULARY)
