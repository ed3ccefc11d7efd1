"""`bptt atlas`: formulas known from books, papers, code and questions."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import click

from ..options import examples
from ..output import Destination, output_options
from ..progress import tracked

if TYPE_CHECKING:
    from ...atlas import Book
    from ...atlas.judging import Judgement


@click.command(
    short_help="List known formulas, right and wrong, with their verdicts.",
    epilog=examples(
        "bptt atlas",
        "bptt atlas --source d2l --format markdown",
        "bptt atlas --model elman-bias --check",
    ),
)
@click.option("--model", metavar="MODEL", help="Only formulas about this model.")
@click.option("--source", metavar="WORDS", help="Only sources whose name or title has these words.")
@click.option("--check", "checked", is_flag=True, help="Judge them again; 1 if one disagrees.")
@output_options
def command(model: str | None, source: str | None, checked: bool, destination: Destination) -> int:
    """List formulas from books, papers, code and questions: what each claims, of which model, and
    whether it holds. Wrong ones come with the mistake in them.
    """
    from ...render.atlas import Listing, render_atlas

    books = _chosen(model, source)
    if not any(book.formulas for book in books):
        raise click.UsageError("No known formula is about that. `bptt atlas` lists all.")
    judged = _judged(books) if checked else None
    destination.write(render_atlas(Listing(books, judged), destination.format))
    return int(not all(one.agrees for one in (judged or {}).values()))


def _chosen(model: str | None, source: str | None) -> list[Book]:
    from ...atlas import known_books

    books = []
    for book in known_books():
        described = f"{book.name} {book.title} {book.source}".lower()
        everything = source is None or source.lower() in described
        kept = tuple(
            formula
            for formula in book.formulas
            if (model is None or formula.model == model)
            and (everything or (source or "").lower() in formula.source.lower())
        )
        if kept:
            left_out = book.left_out if everything and model is None else ()
            books.append(replace(book, formulas=kept, left_out=left_out))
    return books


def _judged(books: list[Book]) -> dict[str, Judgement]:
    from ...atlas import load_known_model
    from ...atlas.judging import judge

    formulas = [formula for book in books for formula in book.formulas]
    models = {name: load_known_model(name) for name in {one.model for one in formulas}}
    cases = [case for formula in formulas for case in formula.cases()]
    return {
        case.name: judge(case, models[case.formula.model]) for case in tracked(cases, "checking")
    }
