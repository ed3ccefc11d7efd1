"""Formulas found in documents, each with the line and column where it stands."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from symbolic_bptt.notation.errors import NotationError
from symbolic_bptt.notation.extract import Kind, formulas, read_file
from symbolic_bptt.notation.parser import parse_expression
from symbolic_bptt.notation.source import Source
from symbolic_bptt.notation.tree import Range, Symbol
from symbolic_bptt.notation.vocabulary import Vocabulary

EMPTY = Vocabulary()


def found(text: str, kind: Kind = "tex") -> list[str]:
    return [formula.latex for formula in formulas(Source(text), kind).formulas]


def places(text: str, kind: Kind = "tex") -> list[tuple[int, int]]:
    return [(formula.line, formula.column) for formula in formulas(Source(text), kind).formulas]


@pytest.mark.parametrize(
    "display",
    [
        "$a = b$",
        "$$a = b$$",
        r"\[a = b\]",
        r"\(a = b\)",
        *(
            rf"\begin{{{name}}} a = b \end{{{name}}}"
            for name in (
                *("equation", "equation*", "align", "align*", "gather", "multline", "eqnarray"),
                *("eqnarray*", "displaymath", "math", "flalign*"),
            )
        ),
        r"\begin{equation}\begin{aligned} a &= b \end{aligned}\end{equation}",
        r"\begin{equation}\begin{split} a &= b \end{split}\end{equation}",
        r"\[\begin{gathered} a = b \end{gathered}\]",
        r"\begin{alignat}{2} a &= b \end{alignat}",
        r"\begin{align} a &= b \label{eq:a} \tag{7} \nonumber \end{align}",
    ],
)
def test_every_display_of_latex(display: str) -> None:
    (formula,) = formulas(Source(f"Text before. {display} Text after."), "tex").formulas
    assert formula.parse(EMPTY).operands == (Symbol("a"), Symbol("b"))


def test_rows_are_formulas_of_their_own() -> None:
    text = "\\begin{align}\n  a &= b \\\\[2pt]\n  c &= d \\\\\n\\end{align}"
    assert found(text) == ["a &= b", "c &= d"]
    assert places(text) == [(2, 3), (3, 3)]


@pytest.mark.parametrize(
    "rows",
    [
        r"a &= b \\ &= c",
        r"a &= b \\ &\quad = c",
        r"a = \\ b = c",
        "a \\\\\n&{}= b \\\\ &= c",
    ],
)
def test_a_row_that_begins_with_a_sign_continues_the_one_above(rows: str) -> None:
    (formula,) = formulas(Source(rf"\begin{{align}} {rows} \end{{align}}"), "tex").formulas
    assert formula.parse(EMPTY).operands == (Symbol("a"), Symbol("b"), Symbol("c"))


def test_the_rows_of_multline_are_one_formula() -> None:
    assert found(r"\begin{multline} a = b \\ c + d \end{multline}") == ["a = b c + d"]


def test_cases_on_their_own_are_a_system_and_behind_a_relation_a_value() -> None:
    assert found(r"\[\begin{cases} a = b \\ c = d \end{cases}\]") == ["a = b", "c = d"]
    assert len(found(r"\[x = \begin{cases} 0 & t = T \\ 1 & t < T \end{cases}\]")) == 1


def test_formulas_side_by_side_are_parted() -> None:
    assert found(r"$$a = b, \quad c = d; \ e = f$$") == ["a = b", "c = d", "e = f"]


def test_a_range_stays_with_its_formula() -> None:
    (formula,) = formulas(Source(r"$$a_t = b_t, \quad t = 1, \dots, T$$"), "tex").formulas
    (clause,) = formula.parse(EMPTY).ranges
    assert clause == Range("t", parse_expression("1", EMPTY), Symbol("T"))


@pytest.mark.parametrize("clause", ["T = t", r"T \ge t", "T > t", "T = k + 1"])
def test_a_range_that_begins_with_T_stays_with_its_formula(clause: str) -> None:
    """Guards: a clause that begins with `T` is a clause, whatever letter it speaks of first."""
    assert found(rf"$$a_t = b_t, \quad {clause}$$") == [rf"a_t = b_t \quad {clause}"]
    assert found(rf"for ${clause}$, $a_t = b_t$") == ["a_t = b_t"]


@pytest.mark.parametrize(
    "prose",
    [
        "the state $s_t$",
        r"for $t = 1,\dots,T$",
        "with $k \\le t$",
        "and $T$ steps",
        "with $T = 3$ steps",
        r"$n = 1, \dots, N$",
    ],
)
def test_what_only_names_things_is_no_formula(prose: str) -> None:
    assert found(prose) == []


@pytest.mark.parametrize(
    "hidden",
    [
        "% $a = b$",
        r"\begin{verbatim}$a = b$\end{verbatim}",
        r"\begin{lstlisting}$a = b$\end{lstlisting}",
        r"\verb|$a = b$|",
        r"costs 5\$ and a = b 7\$",
    ],
)
def test_comments_and_code_hold_no_formulas(hidden: str) -> None:
    assert found(hidden + "\n") == []


def test_macros_are_expanded_with_their_arguments() -> None:
    text = (
        r"\newcommand{\pd}[2]{\frac{\partial #1}{\partial #2}}"
        r"\newcommand{\w}[1][h]{W_{#1}}"
        r"\DeclareMathOperator{\sm}{softmax}\def\sq#1{#1^2}\let\eps\varepsilon"
        r"$\pd{E}{\w} = \sm(\w[x]) + \sq{\eps}$"
    )
    assert found(text) == [
        r"\frac{\partial E}{\partial W_{h}} = \operatorname{softmax}(W_{x}) + \varepsilon^2"
    ]


def test_a_macro_of_itself_is_reported_and_the_rest_is_read() -> None:
    extraction = formulas(Source("\\def\\a{\\a\\a}\n$\\a = x$\n$b = c$"), "tex")
    assert [formula.latex for formula in extraction.formulas] == ["b = c"]
    (problem,) = extraction.problems
    assert "defined through itself" in problem.message
    assert problem.source.line_and_column(problem.span.start) == (2, 2)


def test_an_error_inside_a_macro_points_at_the_call() -> None:
    text = "\\newcommand{\\bad}{\\foo}\n\n$a = b + \\bad$"
    (formula,) = formulas(Source(text), "tex").formulas
    with pytest.raises(NotationError) as caught:
        formula.parse(EMPTY)
    problem = caught.value.problems[0]
    assert problem.source.line_and_column(problem.span.start) == (3, 10)


def test_an_error_in_an_argument_points_at_the_argument() -> None:
    text = "\\newcommand{\\two}[1]{2 #1}\n$a = \\two{\\foo}$"
    (formula,) = formulas(Source(text), "tex").formulas
    with pytest.raises(NotationError) as caught:
        formula.parse(EMPTY)
    problem = caught.value.problems[0]
    assert problem.source.line_and_column(problem.span.start) == (2, 11)


def test_an_unclosed_formula_is_reported() -> None:
    extraction = formulas(Source("$a = b$ and \\[ c = d"), "tex")
    assert [formula.latex for formula in extraction.formulas] == ["a = b"]
    assert "never closed" in extraction.problems[0].message


MARKDOWN = """# Notes

Inline $a = b$, code `$x = y$`, and

$$
c = d
$$

```math
e = f
```

```python
g = "$h = i$"
```

\\[ u = v \\] costs $5 and $6.
"""


def test_markdown() -> None:
    assert found(MARKDOWN, "md") == ["a = b", "c = d", "e = f", "u = v"]
    assert places(MARKDOWN, "md") == [(3, 9), (6, 1), (10, 1), (17, 4)]


def test_escaped_underscores_of_markdown_are_underscores() -> None:
    assert found(r"$$\hat y\_t = x\_t$$", "md") == [r"\hat y_t = x_t"]


def test_a_notebook_names_cell_and_line(tmp_path: Path) -> None:
    cells = [
        {"cell_type": "markdown", "source": ["# Title\n", "$a = b$\n"]},
        {"cell_type": "code", "source": ["x = '$c = d$'\n"]},
        {"cell_type": "markdown", "source": ["text\n", "\n", "$$e = f$$"]},
    ]
    path = tmp_path / "notes.ipynb"
    path.write_text(json.dumps({"cells": cells, "nbformat": 4}, indent=1), "utf-8")
    first, second = read_file(path).formulas
    assert (first.latex, second.latex) == ("a = b", "e = f")
    assert first.source.name.endswith("notes.ipynb cell 1")
    assert second.source.name.endswith("notes.ipynb cell 3")
    lines = path.read_text("utf-8").splitlines()
    assert "$a = b$" in lines[first.line - 1]
    assert "$$e = f$$" in lines[second.line - 1]


def test_a_broken_notebook_is_one_problem() -> None:
    extraction = formulas(Source("{not json"), "ipynb")
    assert extraction.formulas == ()
    assert "not valid JSON" in extraction.problems[0].message


PLAIN = """The forward pass:

z_t = u*x_t + w*s_{t-1}
s_t = tanh(z_t)
    + 0
(1) E = sum_t E_t
\\frac{\\partial E}{\\partial w} = dE/dw
> quoted: nothing here
> q = v*s_1
"""


def test_plain_text_is_one_equation_a_line() -> None:
    assert found(PLAIN, "txt") == [
        "z_t = u*x_t + w*s_{t-1}",
        "s_t = tanh(z_t) + 0",
        "E = sum_t E_t",
        r"\frac{\partial E}{\partial w} = dE/dw",
        "q = v*s_1",
    ]
    assert [line for line, _ in places(PLAIN, "txt")] == [3, 4, 6, 7, 9]
    dialects = [formula.dialect for formula in formulas(Source(PLAIN), "txt").formulas]
    assert dialects == ["plain", "plain", "plain", "latex", "plain"]


def test_a_plain_line_that_cannot_be_read_is_kept_for_the_report() -> None:
    (formula,) = formulas(Source("so a = something, roughly ? b"), "txt").formulas
    with pytest.raises(NotationError):
        formula.parse(EMPTY)


@pytest.mark.parametrize(
    ("content", "note"),
    [
        ("$a = δ$".encode(), False),
        ("\ufeff$a = δ$".encode(), False),
        ("$a = δ$".encode("utf-16"), False),
        ("é $a = \\delta$".encode("latin-1"), True),
        (b"$a = \\delta$\r\n", False),
    ],
)
def test_encodings(content: bytes, note: bool, tmp_path: Path) -> None:
    path = tmp_path / "answer.tex"
    path.write_bytes(content)
    extraction = read_file(path)
    (formula,) = extraction.formulas
    assert formula.parse(EMPTY).operands == (Symbol("a"), Symbol(r"\delta"))
    assert bool(extraction.notes) is note


def test_the_left_side_of_a_formula_as_one_symbol() -> None:
    net, quotient = formulas(Source(r"$net_t = a$, $\frac{a}{b} = c$"), "tex").formulas
    assert net.target(EMPTY) == Symbol("net", (Symbol("t"),))
    assert quotient.target(EMPTY) is None
