"""LaTeX as `latex` prints it → MathML, which browsers draw without a script or a network."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

NAMESPACE = "http://www.w3.org/1998/Math/MathML"

_IDENTIFIERS = {"∂", "⊤", "∇", "′"}
"""Signs that stand for themselves: as operators they would get room on both sides."""

_ALPHABETS = {
    "double-struck": {"1": "𝟙", "I": "𝕀"},
    "bold": {digit: chr(0x1D7CE + int(digit)) for digit in "0123456789"},
}

_NAME = re.compile(r"[^\W\d_]{2,}")


def inline(latex: str) -> Element:
    """One formula in a line of words."""
    math = Element("math")
    math.append(_row(latex, display=False))
    return math


def aligned(rows: Iterable[str]) -> Element:
    """Rows with `&` where they are aligned, displayed one under the other."""
    math = Element("math", {"display": "block"})
    table = ElementTree.SubElement(math, "mtable", {"displaystyle": "true", "class": "aligned"})
    for row in rows:
        line = ElementTree.SubElement(table, "mtr")
        for cell in _cells(row):
            ElementTree.SubElement(line, "mtd").append(_row(cell, display=True))
    return math


def written(math: Element) -> str:
    """The element as markup."""
    return ElementTree.tostring(math, encoding="unicode")


def row_of(latex: str) -> Sequence[Element]:
    """The elements that a piece of LaTeX becomes, for comparison."""
    return list(_row(latex, display=False))


def _row(latex: str, *, display: bool) -> Element:
    if not latex.strip():
        return Element("mrow")
    row: Element = ElementTree.fromstring(_converted(latex.strip(), display))
    return row


@lru_cache(maxsize=4096)
def _converted(latex: str, display: bool) -> str:
    from latex2mathml.converter import convert

    made = convert(latex, display="block" if display else "inline")
    math = ElementTree.fromstring(made)
    for element in math.iter():
        element.tag = element.tag.removeprefix(f"{{{NAMESPACE}}}")
    for element in list(math.iter()):
        _settle(element)
    row = math[0] if len(math) == 1 and math[0].tag == "mrow" else Element("mrow")
    return ElementTree.tostring(row, encoding="unicode")


def _settle(element: Element) -> None:
    """What MathML Core draws otherwise than TeX: names as operators, mathematical alphabets."""
    words = element.text or ""
    if element.tag == "mo" and (words in _IDENTIFIERS or _NAME.fullmatch(words)):
        element.tag = "mi"
        if len(words) == 1:
            element.set("mathvariant", "normal")
    if words and set(words) == {"′"}:
        element.set("mathsize", "135%")  # a browser makes it small once more
    alphabet = _ALPHABETS.get(element.get("mathvariant", ""))
    if alphabet is not None:
        del element.attrib["mathvariant"]
        element.text = "".join(alphabet.get(char, char) for char in words)
    if element.tag == "mover" and len(element) > 1:
        element[1].set("stretchy", "false")
    if element.tag in ("mrow", "math"):
        _settle_row(element)


def _settle_row(row: Element) -> None:
    """A sign before its operand is no difference; a function without parentheses keeps off."""
    for place, child in reversed(list(enumerate(row))):
        before = row[place - 1] if place else None
        after = row[place + 1] if place + 1 < len(row) else None
        if child.tag == "mo" and child.text == "−" and _opens(before):
            child.attrib.update(form="prefix", lspace="0", rspace="0")
        is_name = child.tag in ("mi", "mo") and _NAME.fullmatch(child.text or "")
        if is_name and after is not None and after.tag != "mo":
            row.insert(place + 1, Element("mspace", {"width": "0.167em"}))


def _opens(before: Element | None) -> bool:
    """Whether what comes next has nothing to its left that it could be subtracted from."""
    return before is None or (before.tag == "mo" and before.text not in (")", "]", "|", "⊤"))


def _cells(row: str) -> list[str]:
    """The row cut at each `&` that stands in no environment of its own."""
    cells, depth = [""], 0
    for piece in re.split(r"(\\begin\b|\\end\b|\\&|&)", row):
        depth += {r"\begin": 1, r"\end": -1}.get(piece, 0)
        if piece == "&" and depth == 0:
            cells.append("")
        else:
            cells[-1] += piece
    return cells
