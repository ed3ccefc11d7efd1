"""How a text is understood: every statement set again, every name, and what was not read."""

from __future__ import annotations

import string

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from symbolic_bptt import load_model
from symbolic_bptt.checking.understand import understand_text
from symbolic_bptt.checking.understanding import FileUnderstood, Link
from symbolic_bptt.core.types import shown
from symbolic_bptt.notation.printer import latex, text

ELMAN = load_model("elman")

TEX = r"""
The state is
\begin{align}
  s_t &= \tanh(U x_t + W s_{t-1}), \quad t = 1, \dots, T \\
  \delta_t &= \frac{\partial E}{\partial s_t}
\end{align}
with $s_0 = 0$ and $t = 1, \dots, T$; the matrix is $W$.
\[ \frac{\partial E}{\partial V} = \sum_t (\hat y_t - y_t) s_t^\top = 2 V \]
"""


def read(content: str, kind: str = ".tex") -> FileUnderstood:
    (file,) = understand_text(ELMAN, content, kind).files
    return file


def links(content: str, kind: str = ".tex") -> list[Link]:
    return [link for one in read(content, kind).statements for link in one.links]


def test_every_statement_says_what_it_is_in_the_order_of_the_text() -> None:
    found = [(one.line, one.kind) for one in read(TEX).statements]
    assert found == [
        (4, "restatement"),
        (5, "definition"),
        (7, "assumption"),
        (7, "clause"),
        (8, "claim"),
    ]


def test_the_place_is_where_the_text_stands() -> None:
    for one in read(TEX).statements:
        start, end = one.span
        assert " ".join(TEX[start:end].split()) == one.written
        assert TEX[:start].count("\n") + 1 == one.line


def test_a_chain_is_set_again_link_by_link() -> None:
    first, second = read(TEX).statements[-1].links
    assert text(first.said) == "∂E/∂V = Σ_t (ŷ_t − y_t) s_tᵀ"
    assert text(second.said) == "Σ_t (ŷ_t − y_t) s_tᵀ = 2 V"
    assert [first.number, second.number] == [1, 2]
    assert {shown(first.left), shown(second.right)} == {"K x n"}


def test_free_letters_come_with_what_they_range_over() -> None:
    (link,) = links(r"(W s_t)_i = \sum_j W_{ij} s_{t,j}", ".txt")
    assert dict(link.letters) == {"i": "n", "t": "step"}


@pytest.mark.parametrize(
    ("written", "kind", "about"),
    [
        (r"\frac{\partial s_t}{\partial W} = \frac{\partial s_t}{\partial W}", "partial, left", 1),
        (r"E = 1/T E_T", "slash", "1/T E_T"),
        (r"E = \sum_k E_k + E_k - E", "scope of sum", r"\sum_k E_k + E_k"),
        (r"W^\top = \prod_{j=1}^{T} W", "product order", r"\prod_{j=1}^{T} W"),
    ],
)
def test_a_choice_names_its_alternatives_and_its_text(
    written: str, kind: str, about: str | int
) -> None:
    (link,) = links(written, ".txt")
    one = next(choice for choice in link.choices if choice.kind == kind)
    assert one.alternatives
    assert one.read not in one.alternatives
    assert one.text == (about if isinstance(about, str) else written.split(" = ")[0])


def test_what_shapes_force_has_no_alternative() -> None:
    (link,) = links(r"\frac{\partial s_t}{\partial s_{t-1}} = (1 - s_t^2) W", ".txt")
    (forced,) = [choice for choice in link.choices if not choice.alternatives]
    assert (forced.kind, forced.text) == ("diagonal", "1 - s_t^2")
    assert "diag(1 − s_t²) W" in text(link.said)


def test_a_choice_of_the_head_of_a_chain_is_told_at_its_own_link() -> None:
    first, second = links(r"\frac{\partial s_t}{\partial s_{t-1}} = W = W + W", ".txt")
    assert "layout" in {one.kind for one in first.choices}
    assert second.choices == ()


def test_names_have_their_shape_and_the_line_of_their_birth() -> None:
    names = {text(one.symbol): one for one in read(TEX).names}
    delta = names["δ_t"]
    assert delta.type is not None
    assert (shown(delta.type), delta.kind, delta.born) == ("n", "defined", 5)
    assert (names["W"].kind, names["W"].of_the_model, names["W"].born) == ("parameter", True, None)
    assert "W" not in {one.key for one in read(r"$\gamma = 1$").names}


def test_a_name_that_nobody_introduced_is_in_the_table_without_a_shape() -> None:
    (named,) = [one for one in read("W = Q W", ".txt").names if one.key == "Q"]
    assert (named.type, named.kind, named.born) == (None, "unknown", None)


@pytest.mark.parametrize(
    ("written", "kind", "line", "about"),
    [
        ("W = W\ns_t \\propto x_t\n", "unreadable", 2, r"\propto"),
        ("q_t = V + W\n", "shape", 1, "V + W"),
        ("W = A\n", "undefined", 1, "A"),
        ("a = \\int x\n", "unreadable", 1, r"\int"),
        ("W = W + \n", "unreadable", 1, None),
        ("W = (W W)^{\\circ 5}\n", "unreadable", 1, None),
    ],
)
def test_what_has_no_meaning_is_told_with_its_place(
    written: str, kind: str, line: int, about: str | None
) -> None:
    (one,) = read(written, ".txt").unread
    assert (one.kind, one.line) == (kind, line)
    assert about is None or one.text == about
    assert one.why
    first, caret = one.excerpt.split("\n")
    assert first == written.split("\n")[line - 1]
    assert first[caret.index("^") :].startswith(one.text[:1])


def test_the_rest_of_a_chain_is_understood_all_the_same() -> None:
    file = read(r"W = W \to W = W + W", ".txt")
    assert [link.number for link in file.statements[0].links] == [1, 3]
    assert len(file.unread) == 1


def test_notes_tell_what_was_taken_for_granted() -> None:
    assert read(r"$\mathbf s_t = s_t$").notes == (r"`\mathbf{s}` and `s` are read as one quantity",)
    assert any(r"\_" in note for note in read(r"$s\_t = s\_t$", ".md").notes)


def test_displays_are_counted() -> None:
    displays = "\\[ W = W \\]\n\\[ W \\int = W \\]\n\\[ q = 1 \\]\n"
    found = read(f"The matrix $W$.\n{displays}and $q = q$.\n").displays
    assert (found.found, found.read, found.about_the_model) == (4, 3, 2)


def test_a_text_without_a_formula_is_not_understood() -> None:
    assert understand_text(ELMAN, "Only words.\n", ".md").exit_status == 3
    assert understand_text(ELMAN, "$W = W$\n", ".md").exit_status == 0


FORMULAS = [
    r"\frac{\partial E}{\partial W} = \sum_{t=1}^T \delta_t s_{t-1}^T",
    r"\frac{\partial s_t}{\partial s_{t-1}} = (1 - s_t^2) W",
    r"E = 1/T \sum_t E_t + \|W\|",
    r"(V^T (\hat y_t - y_t))_i = \sum_k V_{ki} (\hat y_{t,k} - y_{t,k})",
    r"∂E/∂W = \sum_t \sum_{k=1}^t ∂E_t/∂s_t (\prod_{j=k+1}^t ∂s_j/∂s_{j-1}) ∂s_k/∂W",
    r"s_t = \tanh(U x_t + W s_{t-1}), t = 1, \dots, T",
    r"W \operatorname{diag}(1 - s_t^2) x_t^T s_t = 0, t \ge 2",
]


@pytest.mark.parametrize("printed", [latex, text])
@pytest.mark.parametrize("written", FORMULAS[1:])
def test_what_is_set_again_is_understood_as_the_same(written: str, printed: object) -> None:
    assert callable(printed)
    said = [link.said for link in links(written, ".txt")]
    again = [link.said for one in said for link in links(printed(one), ".txt")]
    assert again == said


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.one_of(
            st.sampled_from(FORMULAS),
            st.text(string.ascii_letters + r" \_^{}()[]=+-/&$\n%", max_size=30),
        ),
        max_size=4,
    ),
    st.sampled_from([".txt", ".tex", ".md"]),
)
def test_any_text_is_understood_or_told(lines: list[str], kind: str) -> None:
    """Nothing escapes, and a statement without any link is accounted for by a reason."""
    content = "\n".join(lines if kind == ".txt" else (f"$${line}$$" for line in lines))
    file = read(content, kind)
    for one in file.statements:
        if one.kind == "unread":
            first, last = one.line, one.line + one.written.count("\n") + content.count("\n")
            assert any(first <= fault.line <= last for fault in file.unread)
    assert file.displays.read <= file.displays.found
    assert file.displays.about_the_model <= file.displays.found
