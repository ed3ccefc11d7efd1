r"""What only lays a display out changes nothing that is said."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from symbolic_bptt.notation.statements.layout import Layout, opened, spelt
from tests.notation.statements.reading import chains, tree

formulas = st.sampled_from(
    ["a = b", r"h_t = \tanh(W h_{t-1})", "a = b = c", r"E = \sum_{t=1}^T E_t", "-a = b"]
)
inner_wrappers = [
    *(
        "%s",
        "{%s}",
        r"\boxed{%s}",
        r"{\color{red} %s}",
        r"\textcolor{blue}{%s}",
        r"\left(%s\right)",
    ),
    *("(%s)", r"\underbrace{%s}_{\text{loss}}", r"\, %s \;", "%s,", r"\displaystyle %s"),
]
outer_wrappers = [
    *(*inner_wrappers, r"\begin{aligned} %s \end{aligned}", r"%s \tag{2}"),
    r"\begin{equation} %s \label{x} \end{equation}",
]


@settings(max_examples=60)
@given(formulas, st.sampled_from(outer_wrappers), st.sampled_from(inner_wrappers))
def test_a_wrapped_statement_is_the_statement(formula: str, outer: str, inner: str) -> None:
    wrapped = outer.replace("%s", inner.replace("%s", formula))
    assert chains(wrapped) == chains(formula)


@settings(max_examples=40)
@given(st.lists(formulas, min_size=1, max_size=4))
def test_rows_lists_and_columns_say_the_same(several: list[str]) -> None:
    apart = [one for formula in several for one in chains(formula)]
    rows = r" \\ ".join(several)
    assert chains(r",\quad ".join(several)) == apart
    assert chains(rf"\begin{{gather}} {rows} \end{{gather}}") == apart
    aligned = rows.replace(" = ", " &= ", 1) if len(several) == 1 else rows
    assert chains(rf"\begin{{align}} {aligned} \end{{align}}") == apart


@given(st.lists(st.sampled_from([r"\,", r"\;", r"\!", " ", "{}"]), min_size=6, max_size=6))
def test_thin_spaces_part_nothing(spaces: list[str]) -> None:
    words = ["a", "b", "=", "c", "+", "d", ""]
    text = "".join(f" {word} {space}" for word, space in zip(words, [*spaces, ""], strict=True))
    assert len(chains(text)) == 1
    assert len(chains(text)[0].replace("{}", "").replace(" ", "")) == len("ab=c+d")


def test_the_place_of_rows_behind_a_block() -> None:
    layout = Layout()
    layout.add(tree(r"\begin{aligned} a \\ b \end{aligned} c").items)
    layout.flush()
    assert [row.tail for row in layout.rows] == [range(0), range(0), range(2)]


def test_braces_around_an_operand_are_kept() -> None:
    items = tree("{a + b} c").items
    assert opened(items).items == items


@pytest.mark.parametrize("text", [r"\alpha b", r"\frac{\partial E}{\partial W}", "a+b"])
def test_spelling_can_be_read_again(text: str) -> None:
    assert tree(spelt(tree(text))) == tree(text)
