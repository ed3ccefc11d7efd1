"""The HTML of a derivation stands alone, and a browser draws what it says."""

from __future__ import annotations

import re
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree

import pytest

from symbolic_bptt import load_model
from symbolic_bptt.notation.printer import latex
from symbolic_bptt.render.document import build_document
from symbolic_bptt.render.document.html import html_document
from symbolic_bptt.render.document.structure import statements
from symbolic_bptt.render.mathml import aligned, inline, written
from tests.html.browser import look

PARTS = ("model", "graph", "forward", "local", "adjoint", "gradients")


@pytest.fixture(scope="module")
def page() -> str:
    return html_document(build_document(load_model("elman"), 3, 0, PARTS))


class _Elements(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


def elements(page: str) -> list[tuple[str, dict[str, str | None]]]:
    reader = _Elements()
    reader.feed(page)
    return reader.found


def test_nothing_is_fetched_or_executed(page: str) -> None:
    assert "script" not in {tag for tag, _ in elements(page)}
    for _, attributes in elements(page):
        assert not [name for name in attributes if name.startswith("on")]
        for name in ("src", "href", "action"):
            assert (attributes.get(name) or "#").startswith(("#", "data:,"))
    assert "default-src 'none'" in page
    assert not re.findall(r"url\(|@import", page)


def test_every_equation_of_the_document_is_there_and_numbered(page: str) -> None:
    shown = statements(build_document(load_model("elman"), 3, 0, PARTS))
    numbers = re.findall(r'class="number">\((\d+)\)', page)
    assert numbers == [str(i + 1) for i in range(len(shown))]
    assert page.count('<math display="block">') == len(shown)


def test_references_lead_somewhere(page: str) -> None:
    places = {attributes.get("id") for _, attributes in elements(page)}
    links = {(a.get("href") or "")[1:] for tag, a in elements(page) if tag == "a"}
    assert links
    assert links <= places


def test_symbols_tell_what_they_are(page: str) -> None:
    told = {a.get("title") for _, a in elements(page) if "sym" in (a.get("class") or "").split()}
    assert "W: parameter, n x n" in told
    assert "y_t: given data, K, one-hot" in told
    assert "s_t: computed, n; s_t = tanh(U x_t + W s_{t-1})" in told
    assert "E: computed, scalar; E = Σ_{t=1}^{T} E_t" in told


def test_titles_of_models_are_no_markup() -> None:
    from dataclasses import replace

    model = replace(load_model("elman"), title='<script>alert("x")</script> & co')
    page = html_document(build_document(model, 2, 0, ("model", "graph")))
    assert "<script>" not in page
    assert "&lt;script&gt;" in page


def test_the_same_document_gives_the_same_bytes(page: str) -> None:
    assert html_document(build_document(load_model("elman"), 3, 0, PARTS)) == page


@pytest.mark.parametrize(
    ("formula", "part"),
    [
        (r"\mathbf{1}^\top y_t", "<mn>𝟏</mn>"),
        (r"\mathbb{1}", "<mn>𝟙</mn>"),
        (r"\operatorname{diag}(s_t)", "<mi>diag</mi>"),
        (r"a = -b", 'form="prefix"'),
        (r"\log y", '<mspace width="0.167em" />'),
    ],
)
def test_mathml_says_what_tex_would_set(formula: str, part: str) -> None:
    assert part in written(inline(formula))


def test_a_difference_is_no_sign() -> None:
    assert "prefix" not in written(inline("(a) - b"))


def test_rows_are_aligned_at_their_relation() -> None:
    table = aligned([r"a &= \begin{bmatrix} x & y \end{bmatrix}", r"& \quad + c"])
    assert [len(row) for row in table.iter("mtr") if row in list(table[0])] == [2, 2]
    ElementTree.fromstring(written(table))


@pytest.mark.parametrize("name", ["elman", "lstm-concatenated", "bidirectional"])
def test_every_formula_of_a_derivation_becomes_mathml(name: str) -> None:
    document = build_document(load_model(name), 2, 0, ("forward", "adjoint", "gradients"))
    for statement in statements(document):
        shown = written(inline(latex(statement)))
        assert "\\" not in shown
        assert "&amp;" not in shown


@pytest.fixture(scope="module")
def file(page: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("html") / "elman.html"
    path.write_text(page, "utf-8")
    return path


def test_a_phone_shows_all_of_it(tool: Callable[[str], str], file: Path) -> None:
    seen = look(tool, file.parent, file, width=360)
    assert seen.console == []
    assert (seen.found["fetched"], seen.found["scripts"]) == ([], 0)
    assert seen.found["overflow"] <= 0
    assert all(width > 0 and height > 0 for width, height in seen.found["formulas"])
    tallest_letter = max(height for _, height in seen.found["letters"])
    assert min(height for _, height in seen.found["fractions"]) > 1.2 * tallest_letter
    assert len(seen.found["shapes"]) == 1 + 3 * 5 + 1
    assert all(width > 0 for width, _ in seen.found["shapes"])
    assert all(seen.found["told"])


def test_steps_unfold(tool: Callable[[str], str], file: Path) -> None:
    found = look(tool, file.parent, file).found
    assert found["open"]
    assert not any(found["closed"])
    assert all(found["open"])


def test_dark_and_light(tool: Callable[[str], str], file: Path) -> None:
    light = look(tool, file.parent, file).found
    dark = look(tool, file.parent, file, dark=True).found
    assert light["paper"] == light["drawn"] == "rgb(255, 255, 255)"
    assert dark["paper"] == dark["drawn"] == "rgb(20, 24, 29)"
