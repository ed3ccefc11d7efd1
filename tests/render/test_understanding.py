"""How an understanding is written, in every format."""

from __future__ import annotations

import json
from fractions import Fraction

import pytest

from symbolic_bptt.checking.understanding import (
    FileUnderstood,
    Link,
    Named,
    NotUnderstood,
    Understanding,
    Understood,
)
from symbolic_bptt.checking.verdict import Displays
from symbolic_bptt.core.types import SCALAR, Type, vector
from symbolic_bptt.notation.elaboration.choices import CHOICES, Choice
from symbolic_bptt.notation.sizes import Size
from symbolic_bptt.notation.tree import Number, Statement, Symbol
from symbolic_bptt.render.understanding import Format, render_understanding
from symbolic_bptt.render.understanding.words import choice, line, shape, words

N, M = Size.letter("n"), Size.letter("m")
SYMBOL = Symbol(r"\delta", (Symbol("t"),))
LINK = Link(
    1,
    Statement((SYMBOL, Number(Fraction(1, 3))), ("=",)),
    vector(N),
    SCALAR,
    (("t", "step"), ("i", "n")),
    (
        Choice("slash", "narrow", "1/T a", ("wide",)),
        Choice("diagonal", "vector", "1 - s_t^2"),
    ),
)
FILE = FileUnderstood(
    "a & b.tex",
    (
        Understood(
            "a & b.tex", 3, 5, (20, 30), r"\delta_t &= <1/3>", "definition", (LINK,), ("a remark",)
        ),
        Understood("a & b.tex", 4, 1, (31, 36), "? = ?", "unread"),
    ),
    (
        NotUnderstood(
            "a & b.tex", 4, 3, "=", "no sense", "write it out", "unreadable", "? = ?\n  ^"
        ),
    ),
    (
        Named(r"\delta", 1, SYMBOL, (r"\delta_{t}",), vector(N), "defined", False, "a & b.tex", 3),
        Named("q", 0, Symbol("q"), ("q",), None, "unknown", False),
    ),
    ("it is Latin-1",),
    Displays(2, 1, 1),
)
WHOLE = Understanding("elman", (FILE,))


TEXT = r"""
a & b.tex:3: definition  \delta_t &= <1/3>
  δ_t = 1 / 3
    left vector of n, right scalar; every step t; i = 1, …, n
    the slash divides by the next factor, not the slash divides by what follows: 1/T a
    forced by the shapes: vector beside a matrix as diag: 1 - s_t^2

a & b.tex:4: NOT UNDERSTOOD  ? = ?

a & b.tex:4:3: not read: no sense; write it out
    ? = ?
      ^

names in a & b.tex
  name  shape        what it is          introduced by  written
  δ_t   vector of n  defined here        line 3         \delta_{t}
  q     not known    introduced nowhere  nowhere        q

notes on a & b.tex
  it is Latin-1
  line 3: a remark

2 displays, 1 read, 1 about this model; 1 place without a meaning
""".replace("by what follows", "by all that follows").lstrip()


def test_text_is_a_block_a_statement_then_faults_names_notes_and_sums() -> None:
    assert render_understanding(WHOLE) == TEXT


def test_json_has_everything() -> None:
    (file,) = json.loads(render_understanding(WHOLE, "json"))["files"]
    (link,) = file["statements"][0]["links"]
    assert (link["text"], link["latex"]) == ("δ_t = 1 / 3", r"\delta_t = \frac{1}{3}")
    assert (link["left"]["shape"], link["right"]["shape"]) == ("n", "scalar")
    assert link["for_all"] == {"t": "step", "i": "n"}
    assert [one["forced"] for one in link["choices"]] == [False, True]
    assert file["unread"][0]["hint"] == "write it out"
    assert [one["line"] for one in file["names"]] == [3, None]


def test_html_escapes_what_is_written_and_draws_what_is_understood() -> None:
    page = render_understanding(WHOLE, "html")
    assert r"\delta_t &amp;= &lt;1/3&gt;" in page
    assert "<mi>δ</mi>" in page
    assert "a &amp; b.tex" in page
    assert "<1/3>" not in page


def test_html_shows_what_cannot_be_drawn_as_it_is() -> None:
    said = Statement((Symbol(r"\begin{odd}"), SYMBOL), ("=",))
    link = Link(1, said, SCALAR, SCALAR)
    one = Understood("a.tex", 1, 1, (0, 1), "odd", "claim", (link,))
    file = FileUnderstood("a.tex", (one,), (), (), (), Displays(1, 1, 1))
    page = render_understanding(Understanding("elman", (file,)), "html")
    assert r"<code>\begin{odd} = \delta_t</code>" in page


@pytest.mark.parametrize("format_", ["text", "json", "html"])
def test_nothing_is_left_out_in_any_format(format_: Format) -> None:
    shown = render_understanding(WHOLE, format_)
    for part in ("no sense", "it is Latin-1", "a remark", "1/T a", "1 - s_t^2", "elman"):
        assert part in shown or (part, format_) == ("elman", "text")


def test_in_a_notebook_the_cell_is_named() -> None:
    assert line(FILE, "a & b.tex cell 2", 3) == "cell 2, line 3"
    assert line(FILE, "a & b.tex", 3) == "line 3"


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        (SCALAR, "scalar"),
        (vector(N), "vector of n"),
        (Type((), (N,)), "row of n"),
        (Type((N,), (M,)), "matrix n x m"),
        (Type((N,), (N, M)), "matrix n x (n x m)"),
    ],
)
def test_a_shape_is_said_as_people_say_it(kind: Type, said: str) -> None:
    assert shape(kind) == said


@pytest.mark.parametrize("kind", CHOICES)
def test_every_answer_has_words_of_its_own(kind: str) -> None:
    said = [words(kind, option) for option in CHOICES[kind]]
    assert len(set(said)) == len(said)
    assert choice(Choice(kind, CHOICES[kind][0], "", CHOICES[kind][1:])).startswith(said[0])
    assert not any(": " in one for one in said)
