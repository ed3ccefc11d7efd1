"""Markdown and its kin: formulas among prices, code, quotations, tables."""

from __future__ import annotations

import pytest

from tests.notation.files.texts import formulas, messages, pieces, read


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("It costs $5, and x = 7 $ more. $E = 1$", ["E = 1"]),
        ("costs 5$ today. Then $E = 1$ and $F=2$", ["E = 1", "F=2"]),
        ("between $5 and $6, $20 million, $5-$10, US$7: $E = 5$.", ["E = 5"]),
        ("$1/2$, $1-p$), $1,000$ and $n$", ["1/2", "1-p", "1,000", "n"]),
        ("noise, $\\hat{\\theta}_{ridge} $ actually", ["\\hat{\\theta}_{ridge}"]),
        ("$0$ or $10$ and $2x = 1$, $5 = a$", ["0", "10", "2x = 1", "5 = a"]),
        ("其中 $x_t $，损失 $E$ 和 $\\nabla_W E $, 然后 $y$。", ["x_t", "E", "\\nabla_W E", "y"]),
        ("$ E = 1 $ and $ \\delta_t$ in $s_t$-space", ["E = 1", "\\delta_t", "s_t"]),
        ("$E = \\text{if $i = j$ then}$ a", ["E = \\text{if $i = j$ then}"]),
        ("\\$5 and $a$ and 6\\$", ["a"]),
        ("$a\n= b$ c", ["a\n= b"]),
        ("- $a = b$\n- $c = d$\n\n1. $e$\n\n   $$f = 1$$", ["a = b", "c = d", "e", "f = 1"]),
        ("# On $x$\n\n**bold $y$** *$z$*", ["x", "y", "z"]),
        ("a $`x = 1`$ b", ["x = 1"]),
        ("$$E = 1$$ text $$E = 2$$", ["E = 1", "E = 2"]),
        (
            r"\\(a = b\\) and \\[ c = d \\] \(e = f\) \[g = h\]",
            ["a = b", "c = d", "e = f", "g = h"],
        ),
        (r"see \[1\], \(a note\), \[a link\](y)", []),
        ("\\begin{align*}\na &= b\n\\end{align*}", ["a &= b"]),
        ("$$\n\\begin{align}a\\end{align}\n$$", ["a"]),
        ("$$a\n\n+ b$$", ["a\n\n+ b"]),
        ("{math}`a = b` and `c`", ["a = b"]),
    ],
)
def test_formulas_in_running_text(text: str, found: list[str]) -> None:
    assert formulas(text, "md") == found
    assert messages(text, "md") == []


@pytest.mark.parametrize("mark", ["```", "~~~~", "   ```"])
@pytest.mark.parametrize("name", ["math", "katex", "latex", "tex", "mathjax", "Math", "{math}"])
def test_a_fence_of_mathematics_is_a_display(mark: str, name: str) -> None:
    text = f"a\n{mark}{name}\nE = \\text{{if $i$}}\n{mark}\n$b$"
    assert formulas(text, "md") == ["E = \\text{if $i$}", "b"]


def test_a_fence_may_set_its_formulas_off() -> None:
    text = "```katex\n$$a = b$$\n\\[c = d\\]\n\\begin{align}e &= f\\end{align}\n% $g$\n```\n"
    assert formulas(text, "md") == ["a = b", "c = d", "e &= f"]


def test_blank_lines_part_the_formulas_of_a_fence_but_no_environment() -> None:
    text = "```math\n:label: x\na = b\n\n\\begin{aligned}c\n\n= d\\end{aligned}\n```\n"
    assert formulas(text, "md") == ["a = b", "\\begin{aligned}c\n\n= d\\end{aligned}"]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("```python\n$a$\n```\n", "code"),
        ("```\n$a$\n```\n", "code"),
        ("```tex\n\\documentclass{a}\n$a$\n```\n", "code"),
        ("    $a$\n", "code"),
        ("`$a$`", "code"),
        ("`` `$a$` ``", "code"),
        ("<pre>\n\n$a$\n</pre>", "code"),
        ('<code class="x">$a$</code>', "code"),
        ("<script>\n$a$\n</script>", "code"),
        ("<!-- $a$\n\n```math\nb\n```\n -->", "comment"),
        ("~~$a$~~", "withdrawn"),
        ("<del>$a$</del>", "withdrawn"),
        ("<s>$a$</s>", "withdrawn"),
    ],
)
def test_what_is_no_mathematics(text: str, kind: str) -> None:
    behind = f"{text}\n\n$E = 1$"
    assert [piece.strip() for piece in pieces(behind, "md", kind)] == [text.strip()]
    assert formulas(behind, "md") == ["E = 1"]


@pytest.mark.parametrize("mark", ["---", "+++"])
def test_front_matter_is_code(mark: str) -> None:
    text = f"{mark}\ntitle: $a$\n{mark}\n$E = 1$"
    assert formulas(text, "md") == ["E = 1"]
    assert formulas("---\n\n$a$ and no end", "md") == ["a"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("> $E = 1$\n", ["E = 1"]),
        ("> $$\n> a = b\n> + c\n> $$\n", ["a = b\n+ c"]),
        ("> > $$\n> > a\n> > > b\n> > $$\n", ["a\n> b"]),
        ("> ```math\n> a\n> = b\n> ```\n", ["a\n= b"]),
        ("> \\begin{align}\n> a\n> \\end{align}", ["a"]),
        ("$$\na\n> b\n$$", ["a\n> b"]),
    ],
)
def test_the_marks_of_a_quotation_are_no_mathematics(text: str, found: list[str]) -> None:
    dense = ["\n".join(line.strip() for line in one.split("\n")) for one in formulas(text, "md")]
    assert dense == found


def test_a_table_keeps_bars_and_rows() -> None:
    text = "| a | b |\n|---|---|\n| $|x| = 1$ | $y$ |\n| 5 $ | $\\|z\\| = 1$ |\n\n$u$"
    assert formulas(text, "md") == ["|x| = 1", "y", "|z| = 1", "u"]


@pytest.mark.parametrize("wrong", [r"$E = \sum_t and", r"$\alpha is", "$$ a = b", "<!-- x"])
def test_an_unclosed_opener_is_reported_and_what_follows_is_read(wrong: str) -> None:
    text = f"Some {wrong}\n\nA new paragraph of text with $F = 1$."
    if "<!--" not in wrong:
        assert formulas(text, "md")[-1:] == ["F = 1"]
    assert "never closed" in messages(text, "md")[0]


def test_a_display_that_runs_into_a_sentence_is_reported() -> None:
    text = "$$\n\\begin{align}a &= b\\end{align}\nSince this is true for all $$c$$.\n\n$$d = 1$$"
    assert formulas(text, "md") == ["a &= b", "c", "d = 1"]
    assert len(messages(text, "md")) == 1


def test_an_unclosed_fence_is_reported() -> None:
    assert "never closed" in messages("```\n$a$\n\n$b$", "md")[0]
    assert messages("```\n$a$\n```", "md") == []


def test_escapes_of_markdown_are_told() -> None:
    assert read(r"$$E = \sum\_t E\_t$$", "md").notes == (
        r"\_ in a formula of Markdown is read as _",
    )


def test_dollars_in_indented_code_are_told() -> None:
    assert "indented" in read("text\n\n    $a = b$\n", "md").notes[0]


def test_r_markdown() -> None:
    text = "---\na: b\n---\n```{r x, echo=FALSE}\n$a$\n```\n`r $b$` and $c$\n\n$$d = 1$$"
    assert formulas(text, "rmd") == ["c", "d = 1"]


def test_mdx() -> None:
    text = (
        'import X from "y"\nexport const a = {\n\n  b: "$x$",\n}\n\n'
        "# T {1 + `$x$`} $E=\\frac{a}{b}$\n\n<Foo a={`$${x}`}>$y$</Foo> {/* $c$ */}\n\n    $z=1$\n"
    )
    assert formulas(text, "mdx") == [r"E=\frac{a}{b}", "y", "z=1"]
    assert pieces(text, "mdx", "comment") == ["{/* $c$ */}"]
