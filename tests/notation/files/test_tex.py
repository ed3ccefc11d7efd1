"""LaTeX: what is mathematics, what is not, and what happens where a delimiter is missing."""

from __future__ import annotations

import pytest

from symbolic_bptt.notation.files.environments import DISPLAYS, INNER
from tests.notation.files.texts import formulas, messages, pieces, read

ARGUMENTS = {
    "alignat": "{2}", "xalignat": "{2}", "xxalignat": "{2}", "alignedat": "{2}",
    "IEEEeqnarray": "[x]{rCl}", "IEEEeqnarraybox": "[x]{rCl}", "array": "{c@{}c}",
    "dmath": "[label={a}]", "aligned": "[t]",
}  # fmt: skip


@pytest.mark.parametrize("star", ["", "*"])
@pytest.mark.parametrize("name", sorted((DISPLAYS | INNER) - {"empheq"}))
def test_every_environment_is_a_display(name: str, star: str) -> None:
    text = f"a \\begin{{{name}{star}}}{ARGUMENTS.get(name, '')} E = 1 \\end{{{name}{star}}} b"
    (region,) = (region for region in read(text, "tex").regions if region.is_mathematics)
    assert (region.kind, region.environment) == ("display", name)
    assert text[region.inner_start : region.inner_end] == " E = 1 "
    assert text[region.start : region.end] == text[2:-2]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("$E = 1$", "inline"),
        (r"\(E = 1\)", "inline"),
        (r"\begin{math}E = 1\end{math}", "inline"),
        (r"\ensuremath{E = 1}", "inline"),
        ("$$E = 1$$", "display"),
        (r"\[E = 1\]", "display"),
        (r"\begin{subequations}\begin{align}E = 1\end{align}\end{subequations}", "display"),
        (r"\begin{dgroup*}\begin{dmath*}E = 1\end{dmath*}\end{dgroup*}", "display"),
        (r"\begin{empheq}[box=\fbox]{align*}E = 1\end{empheq}", "display"),
        (r"\begin {equation}E = 1\end {equation}", "display"),
    ],
)
def test_delimiters(text: str, kind: str) -> None:
    (region,) = (region for region in read(text, "tex").regions if region.is_mathematics)
    assert region.kind == kind
    assert text[region.inner_start : region.inner_end] == "E = 1"


def test_empheq_is_read_as_what_it_holds() -> None:
    regions = read(r"\begin{empheq}[left={x}]{align*}a&=b\end{empheq}", "tex").regions
    assert [region.environment for region in regions] == ["align"]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("% $a = b$", "comment"),
        ("% a\n  % $a = b$", "comment"),
        (r"\begin{comment}$a = b$\end{comment}", "comment"),
        (r"\verb|$a = b$|", "code"),
        (r"\verb*+$a = b$+", "code"),
        (r"\lstinline[language=C]!$a = b$!", "code"),
        (r"\mintinline{py}{$a = b$}", "code"),
        (r"\url{http://a.b/%20$c$}", "code"),
        (r"\begin{verbatim}$a = b$ % \end{align}\end{verbatim}", "code"),
        (r"\begin{lstlisting}[x]$a = b$\end{lstlisting}", "code"),
        (r"\begin{minted}{py}$a = b$\end{minted}", "code"),
        (r"\begin{filecontents*}{a}$a = b$\end{filecontents*}", "code"),
        (r"\iffalse $a = b$\fi", "withdrawn"),
        (r"\iffalse $a$ \ifx\a\b $b$\else\fi $a \iff b$ \fi", "withdrawn"),
        (r"\sout{$a = {b}$ text}", "withdrawn"),
        (r"\st{$a = b$}", "withdrawn"),
        (r"\cancel{$a = b$}", "withdrawn"),
    ],
)
def test_what_is_no_mathematics(text: str, kind: str) -> None:
    behind = f"{text}\n $E = 1$"
    assert pieces(behind, "tex", kind) == [text]
    assert formulas(behind, "tex") == ["E = 1"]


def test_what_stands_behind_the_document_is_withdrawn() -> None:
    text = "$E = 1$\n\\end{document}\n$E = 2$"
    assert formulas(text, "tex") == ["E = 1"]
    assert pieces(text, "tex", "withdrawn") == ["\n$E = 2$"]


def test_else_makes_text_live_again() -> None:
    assert formulas(r"\iffalse $a$ \else $b$ \fi $c$", "tex") == ["b", "c"]


def test_iffalse_inside_a_display_is_skipped() -> None:
    assert formulas(r"\[a = b \iffalse + c \fi + d\]", "tex") == ["a = b  + d"]


@pytest.mark.parametrize(
    "inner",
    [
        r"a = b \text{ if $i = j$}",
        r"a = \mbox{$x$} + \$",
        r"a &= b \\ \intertext{where $c$ is, \(d\),} e &= f \\[2pt] g",
        r"a = \left\{ b \right. \tag{$*$}",
        "a = b % $ \\] \\end{align*}\n+ c",
    ],
)
@pytest.mark.parametrize(
    "delimiters", [("$", "$"), ("$$", "$$"), (r"\[", r"\]"), (r"\begin{align*}", r"\end{align*}")]
)
def test_nothing_inside_mathematics_closes_it(inner: str, delimiters: tuple[str, str]) -> None:
    opener, closer = delimiters
    assert formulas(f"x {opener}{inner}{closer} y $z$", "tex") == [inner, "z"]


def test_dollars_side_by_side() -> None:
    assert formulas("$a$$b$ and $$c$$$$d$$", "tex") == ["a", "b", "c", "d"]
    assert formulas("$a$$b$$c$ $d$", "tex") == ["a", "b", "c", "d"]
    assert formulas(r"costs 5\$ or 6\$ and $a$", "tex") == ["a"]


@pytest.mark.parametrize(
    "wrong", ["$5 today", r"\( x", r"\[ x", "$$ x", r"\begin{align} x", "$a = b"]
)
def test_an_unclosed_opener_is_reported_and_what_follows_is_read(wrong: str) -> None:
    text = f"Some {wrong}\n\nThis is a new paragraph with $E = 1$ and\n\\[F = 2\\]\n$$G = 3$$"
    assert formulas(text, "tex") == ["E = 1", "F = 2", "G = 3"]
    (problem,) = read(text, "tex").problems
    assert "never closed" in problem.message
    assert problem.span.start == 5
    assert "close it with" in problem.hint


def test_a_single_dollar_out_of_step_stops_before_a_display() -> None:
    text = "costs $5 and $$E = 1$$ then $F = 2$"
    assert formulas(text, "tex") == ["E = 1", "F = 2"]
    assert len(messages(text, "tex")) == 1


def test_a_display_may_hold_blank_lines_but_no_sentence() -> None:
    assert formulas("\\[ a = b\n\n + c \\]", "tex") == ["a = b\n\n + c"]
    text = "\\[ a = b\n\nHere is a sentence. \\[ c \\]"
    assert formulas(text, "tex") == ["c"]


def test_a_macro_body_opens_nothing() -> None:
    assert formulas(r"\newcommand{\x}{$a = b$ \begin{align}} $c$", "tex") == ["c"]


def test_brackets_around_an_environment_alone_are_its_delimiters() -> None:
    text = "\\[\n\\begin{align*} a &= b \\end{align*}\n\\] $$x \\begin{align}y\\end{align}$$"
    first, _, second = read(text, "tex").regions
    assert (first.environment, second.environment) == ("align", "")
    assert text[first.inner_start : first.inner_end] == " a &= b "
