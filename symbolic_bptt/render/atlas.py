"""Known formulas with the verdicts they deserve, and those that a check gave them."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from .table import markdown_table, plain_table

if TYPE_CHECKING:
    from ..atlas.formula import Book, KnownFormula
    from ..atlas.judging import Judgement
    from .formats import Format


@dataclass(frozen=True)
class Listing:
    """Books with some of their formulas. `judged` is by case name; None if nothing was checked."""

    books: Sequence[Book]
    judged: Mapping[str, Judgement] | None = None


def text(listing: Listing) -> str:
    """A line for each formula: id, verdict, model, where it stands; then what is wrong in it."""
    parts = []
    for book in listing.books:
        rows = [_row(formula, listing) for formula in book.formulas]
        parts.append(f"{book.title}\n  {book.source}\n\n{plain_table(_head(listing), rows, '  ')}")
        if book.left_out:
            left_out = [[one.id, one.reason] for one in book.left_out]
            parts.append("  no formulas:\n" + plain_table(("", ""), left_out, "    "))
    return "\n\n".join(parts)


def markdown(listing: Listing) -> str:
    """A section for each source: its table, then each formula as it is written."""
    parts = []
    for book in listing.books:
        rows = [_row(formula, listing) for formula in book.formulas]
        parts.append(f"## {book.title}\n\n{book.source}\n\n{markdown_table(_head(listing), rows)}")
        parts.extend(
            f"**{formula.id}**: {formula.verdict}\n\n{_displayed(formula)}"
            for formula in book.formulas
        )
    return "\n\n".join(parts)


def latex(listing: Listing) -> str:
    """A description list for each source, each formula displayed."""
    parts = []
    for book in listing.books:
        items = "\n".join(
            f"\\item[{_plain(formula.id)}] {_plain(formula.where)}: {formula.verdict}\n"
            + "\n".join(f"\\[ {line} \\]" for line in _lines(formula))
            for formula in book.formulas
        )
        parts.append(
            f"\\subsection*{{{_plain(book.title)}}}\n"
            f"\\begin{{description}}\n{items}\n\\end{{description}}"
        )
    return "\n\n".join(parts)


def as_json(listing: Listing) -> str:
    """`bptt atlas --format json`."""
    content = {
        "schema": 1,
        "checked": listing.judged is not None,
        "formulas": [_record(f, listing) for book in listing.books for f in book.formulas],
        "left_out": [
            {"id": one.id, "where": one.where, "reason": one.reason}
            for book in listing.books
            for one in book.left_out
        ],
    }
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"


def _record(formula: KnownFormula, listing: Listing) -> dict[str, object]:
    given = _given(formula, listing)
    return {
        "id": formula.id,
        "source": formula.source,
        "where": formula.where,
        "model": formula.model,
        "context": _stripped(formula.context),
        "claim": _stripped(formula.claim),
        "verdict": formula.verdict,
        "given": given or None,
        "condition": formula.condition,
        "misconception": formula.misconception,
        "misconception_class": formula.misconception_class,
        "right": _stripped(formula.right),
    }


def _head(listing: Listing) -> Sequence[str]:
    checked = ("checked",) if listing.judged is not None else ()
    return ("id", "verdict", *checked, "model", "where", "remark")


def _row(formula: KnownFormula, listing: Listing) -> list[str]:
    remark = formula.misconception or formula.condition
    checked = [_given(formula, listing)] if listing.judged is not None else []
    return [formula.id, formula.verdict, *checked, formula.model, formula.where, remark]


def _given(formula: KnownFormula, listing: Listing) -> str:
    judgement = (listing.judged or {}).get(formula.id)
    return judgement.verdict if judgement else ""


def _displayed(formula: KnownFormula) -> str:
    if formula.kind == ".txt":
        return f"```\n{_stripped(formula.claim)}\n```"
    return "\n\n".join(f"$${line}$$" for line in _lines(formula))


def _lines(formula: KnownFormula) -> Iterator[str]:
    if formula.kind != ".tex":
        return
    for line in formula.claim.splitlines():
        if line.strip():
            yield line.strip()


def _stripped(relations: str) -> str:
    return relations.strip()


def _plain(words: str) -> str:
    """Words as TeX prints them."""
    for char in "&%#_":
        words = words.replace(char, "\\" + char)
    return words


_FORMATS: Mapping[Format, Callable[[Listing], str]] = {
    "text": text,
    "latex": latex,
    "markdown": markdown,
    "json": as_json,
}


def render_atlas(listing: Listing, format: Format = "text") -> str:  # noqa: A002
    """Every formula with its source, its verdict and what is wrong in it."""
    return _FORMATS[format](listing)
