"""Whatever a text holds: its regions tile it, in time linear in its size."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from symbolic_bptt.notation.files import Kind, decoded, kind_of
from tests.notation.files.texts import FRAGMENTS, KINDS, TEXTS, formulas, joined, read
from tests.work import calls_of

CASES = json.loads((Path(__file__).parent / "data" / "inputs.json").read_text("utf-8"))


@settings(max_examples=200, deadline=None)
@given(TEXTS, st.sampled_from(KINDS))
def test_regions_tile_any_text(text: str, kind: Kind) -> None:
    document = read(text, kind)
    assert joined(document) == text
    position = 0
    for region in document.regions:
        assert position == region.start <= region.inner_start
        assert region.inner_start <= region.inner_end <= region.end
        assert region.start < region.end
        position = region.end
        places = [place for stretch in region.skipped for place in stretch]
        assert places == sorted(places)
        assert all(region.inner_start <= place <= region.inner_end for place in places)
    for problem in document.problems:
        assert 0 <= problem.span.start <= problem.span.end <= len(text)
        assert str(problem)


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=80), st.sampled_from(KINDS))
def test_regions_tile_any_characters(text: str, kind: Kind) -> None:
    assert joined(read(text, kind)) == text


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_every_known_input_holds_mathematics(case: dict[str, str]) -> None:
    text = decoded(case["input"].encode(case["encoding"]), case["id"]).text
    document = read(text, kind_of(case["kind"]))
    assert joined(document) == text
    assert not document.problems
    assert any(region.is_mathematics for region in document.regions)


@settings(max_examples=60, deadline=None)
@given(TEXTS)
def test_reading_a_text_twice_as_long_as_two_paragraphs(text: str) -> None:
    """Guards: what is wrong in one paragraph does not hide a formula in a later one."""
    hides = ("verbatim", "iffalse", "{document}", "command", "\\def", "\\let", "%", "\\be")
    if not any(word in text for word in hides):
        after = f"{text}\n\nThis is a paragraph of its own.\n\n\\[E = 1\\]"
        assert "E = 1" in formulas(after, "tex")


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "rmd"])
def test_work_is_linear(kind: Kind) -> None:
    """Guards: eight times the text takes no more than about eight times the work."""
    for fragment in FRAGMENTS:
        small, large = (_work(fragment * count, kind) for count in (25, 200))
        assert large < 16 * small + 500, fragment


def _work(text: str, kind: Kind) -> int:
    return calls_of(lambda: read(text, kind))


@pytest.mark.parametrize(
    ("text", "bound"), [("a = b " * 200_000, "characters"), ("a = b\n" * 60_000, "lines")]
)
def test_a_text_beyond_the_bound_is_refused_in_words(text: str, bound: str) -> None:
    document = read(text, "txt")
    assert f"{bound} is not read" in document.problems[0].message
    assert joined(document) == document.source.text


def test_more_formulas_than_the_bound_are_told() -> None:
    document = read("$a = b$ " * 5_001, "tex")
    assert "no more than 5000 formulas" in document.problems[0].message
    assert sum(region.is_mathematics for region in document.regions) == 5_000


def test_a_display_beyond_the_bound_is_told() -> None:
    document = read(rf"\[{'x+' * 60_000}x = 1\]" + "\n\n$a = b$", "tex")
    assert len(document.problems) == 1


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            ["$a$", "$$b$$", r"\[c\]", r"\(d\)", r"\begin{align}e\end{align}", "text ", "% $x$\n",
             r"\verb|$y$|", r"\textbf{z} ", r"\$", "\n\n", r"\emph{$f$} ", r"\\ "]
        ),
        max_size=12,
    ).map("".join)
)  # fmt: skip
def test_an_independent_reader_finds_the_same_formulas(text: str) -> None:
    walker = pytest.importorskip("pylatexenc.latexwalker")
    nodes, *_ = walker.LatexWalker(text).get_latex_nodes()
    assert formulas(text, "tex") == [
        node.latex_verbatim()
        .removeprefix(r"\begin{align}")
        .removesuffix(r"\end{align}")
        .strip("$\\[]()")
        for node in _mathematics(nodes, walker)
    ]


def _mathematics(nodes: list[object], walker: object) -> list[object]:
    found: list[object] = []
    for node in nodes:
        name = type(node).__name__
        if name == "LatexMathNode" or getattr(node, "environmentname", "") == "align":
            found.append(node)
        elif name == "LatexGroupNode":
            found += _mathematics(node.nodelist, walker)
        elif name == "LatexMacroNode" and node.nodeargd is not None:
            found += _mathematics([a for a in node.nodeargd.argnlist or [] if a], walker)
    return found
