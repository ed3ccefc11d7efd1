"""Whatever a submission holds: it is read or refused, with work in proportion, and never run.

Work is counted in calls of functions, which are the same on every machine.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from symbolic_bptt.checking.check import check_text
from symbolic_bptt.checking.quantities import quantity
from symbolic_bptt.checking.understand import understand_text
from symbolic_bptt.model import load_model
from symbolic_bptt.notation.errors import NotationError
from symbolic_bptt.notation.files import KINDS
from symbolic_bptt.notation.names.key import key_of
from symbolic_bptt.notation.printer import latex, text
from symbolic_bptt.notation.tree import Expr, Symbol, walk

MODEL = load_model("elman")
KINDS_OF_TEXT = sorted(set(KINDS.values()))
CASES = json.loads((Path(__file__).parent / "data" / "hostile.json").read_text("utf-8"))
CASES |= {
    "500,000 terms": "x+" * 500_000 + "x",
    "2,000 terms": "x+" * 2_000 + "x",
    "5,000 minuses": "-" * 5_000 + "x",
    "3,000 powers": "x**" * 3_000 + "x",
    "300 parentheses": "(" * 300 + "x" + ")" * 300,
    "5,000 braces": "{" * 5_000 + "x" + "}" * 5_000,
    "nested fractions": r"\frac{1}{" * 500 + "x" + "}" * 500,
    "accents": r"\hat" * 4_000 + "x",
    "accents in a script": "x_" + r"\hat" * 4_000 + "x",
    "subscripts": "x_" * 5_000 + "x",
    "superscripts": "x^{" * 200 + "x" + "}" * 200,
    "functions": r"\log " * 3_000 + "x",
    "sums": r"\sum_t " * 2_000 + "x",
    "gradients": r"\nabla_x " * 2_000 + "x",
    "partials": r"\partial " * 2_000,
    "products": "a*" * 3_000 + "b",
    "quotients": "a/" * 3_000 + "b",
    "bars": "|" * 5_001,
    "primes": "x" + "'" * 10_000,
    "digits": "9" * 10_000,
    "letters": "a" * 19_000,
    "indices": "x_{" + "t" * 10_000 + "}",
    "relations": "x=" * 5_000 + "x",
    "commas": "x," * 5_000 + "x=1",
    "columns": r"\begin{bmatrix}" + "a&" * 4_000 + r"a\end{bmatrix}",
    "matrices": r"\begin{bmatrix}" * 300 + "x" + r"\end{bmatrix}" * 300,
    "angles": "^{<" * 3_000,
    "spaces": " " * 19_000,
    "dollars": "$" * 19_999,
    "backslashes": "\\" * 19_999,
    "comments": "%" * 19_000,
    "accented letters": "ŷ" * 4_000,
    "raised digits": "²" * 10_000,
    "clauses": r"a=b \quad " + "t," * 3_000 + "t=1",
    "a lone surrogate": "a = \ud800",
    "exponents": "(1+1)^{(9+9)^{9}}",
    "macro bomb": "".join(
        rf"\newcommand{{\{chr(98 + i)}}}{{\{chr(97 + i)}\{chr(97 + i)}}}" for i in range(24)
    )
    + r"\newcommand{\a}{xx} $\y = 1$",
}
WORK = 2_000
"""Calls for each character of a text, and for a hundred more."""


def refused(message: str) -> None:
    """A refusal says something."""
    assert message.strip()


def calls(act: Callable[[], object]) -> int:
    """How many functions, of Python or built in, are called in an act."""
    count, before = 0, sys.getprofile()

    def note(frame: object, event: str, argument: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(note)
    try:
        act()
    finally:
        sys.setprofile(before)
    return count


def is_in_proportion(work: int, text: str) -> bool:
    return work <= WORK * (len(text) + 100)


@pytest.fixture(autouse=True, scope="module")
def ready() -> None:
    """What is made ready once, as patterns are, is no work of a text."""
    for kind in KINDS_OF_TEXT:
        understand_text(MODEL, "$$E = E$$", kind)
    quantity(MODEL, "E")
    key_of("E")


each_case = pytest.mark.parametrize("attack", CASES.values(), ids=list(CASES))


@each_case
@pytest.mark.parametrize("read", [lambda text: quantity(MODEL, text), key_of])
def test_an_attack_is_read_or_refused_with_work_in_proportion(
    attack: str, read: Callable[[str], Expr]
) -> None:
    """Guards: no text is read at more work than its length in characters allows."""

    def act() -> None:
        try:
            tree = read(attack)
        except NotationError as error:
            refused(str(error))
        else:
            assert latex(tree)
            assert text(tree)

    assert is_in_proportion(calls(act), attack)


@each_case
@pytest.mark.parametrize("kind", KINDS_OF_TEXT)
def test_an_attack_inside_a_document(attack: str, kind: str) -> None:
    for document in (attack, f"$${attack}$$", rf"\newcommand{{\q}}{{{attack}}} $\q = \q$"):
        work = calls(lambda: understand_text(MODEL, document, kind))  # noqa: B023
        assert is_in_proportion(work, document)


@pytest.mark.parametrize(
    ("attack", "message"),
    [
        ("(" * 300 + "x" + ")" * 300, "levels deep"),
        ("x+" * 500_000 + "x", "characters is not read"),
        ("9" * 100, "digits"),
        (r"\log " * 3_000 + "x", "inside each other"),
    ],
)
def test_a_bound_that_is_reached_is_named(attack: str, message: str) -> None:
    with pytest.raises(NotationError, match=message):
        quantity(MODEL, attack)


@pytest.mark.parametrize(
    "line",
    [
        "E = 9^{9^{9^{9}}}",
        "E = 2^{10^{10}}",
        r"E = \sum_{i=1}^{1000000000} \frac{1}{i}",
        "x_{99999999999} = 1",
    ],
)
def test_numbers_beyond_bounds_are_left_open_at_little_work(line: str) -> None:
    """Guards: a step or an exponent that is written out makes no object of its size."""
    found: list[str] = []

    def act() -> None:
        found.extend(one.verdict for one in check_text(MODEL, line).claims)

    assert calls(act) < 2_000_000
    assert found == ["undecided"]


@pytest.mark.parametrize("count", [1, 5, 25])
def test_honest_parentheses_are_read(count: int) -> None:
    assert quantity(MODEL, "(" * count + "E" + ")" * count) == Symbol("E")


def test_a_flat_sum_of_two_thousand_terms_is_read() -> None:
    tree = quantity(MODEL, "E+" * 2_000 + "E")
    assert sum(node == Symbol("E") for node in walk(tree)) == 2_001


def test_letters_that_libraries_own_are_names_here() -> None:
    text = "S = 2\nN = S\nQ = N\nO = Q\nS + N + Q + O = 8"
    assert [one.verdict for one in check_text(MODEL, text).claims] == ["definition"] * 4 + ["holds"]


ALPHABET = st.sampled_from(
    [
        *"abdehtTWxyzEs0129 +-*/^_{}()[]|=<>,;:.'&%$~!\"\n",
        *(r"\frac", r"\partial", r"\sum", r"\hat", r"\top", r"\left", r"\right", r"\text", r"\\"),
        *(r"\begin{bmatrix}", r"\end{bmatrix}", r"\begin{cases}", r"\end{cases}", r"\nabla"),
        *(r"\tanh", r"\delta", r"\mathbf", r"\odot", r"\quad", r"\dots", r"\langle", r"\rangle"),
        *("{t-1}", "_t", "^{(t)}", "∂", "⊙", "²", "ŷ", "σ", "Σ", "\u0302", "\u200b", "é", "d"),
    ]
)


@settings(max_examples=400)
@given(st.lists(ALPHABET, max_size=40).map("".join))
def test_any_text_is_read_or_refused(written: str) -> None:
    for read in (lambda text: quantity(MODEL, text), key_of):
        try:
            latex(read(written))
        except NotationError as error:
            for problem in error.problems:
                assert 0 <= problem.span.start <= problem.span.end <= len(written)
                assert str(problem)


@settings(max_examples=200)
@given(st.text(max_size=60), st.sampled_from(KINDS_OF_TEXT))
def test_any_document_is_read(written: str, kind: str) -> None:
    for statement in understand_text(MODEL, written, kind).files[0].statements:
        assert statement.written
