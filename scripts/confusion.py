#!/usr/bin/env python3
"""The confusion matrix of `bptt check` on every known formula and every student answer.

    python scripts/confusion.py [--only WORDS]

Each formula's claim, its right form, its equivalent and its wrong forms are judged; a row is the
verdict deserved, a column the verdict given. Every disagreement is listed with the checker's
message. Exit status 1 if a wrong form was accepted or a right one refused, else 0.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from symbolic_bptt.atlas import Book, known_books, load_known_model, read_book  # noqa: E402
from symbolic_bptt.atlas.judging import Judgement, judge  # noqa: E402
from symbolic_bptt.checking.verdict import VERDICTS  # noqa: E402
from symbolic_bptt.render.table import plain_table  # noqa: E402

ANSWERS = ROOT / "tests" / "atlas" / "data"


def main() -> int:
    """Judge everything and print what came out."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--only", default="", help="only formulas whose id or file has these words")
    only = parser.parse_args().only
    books = [*known_books(), *(read_book(path) for path in sorted(ANSWERS.glob("*.toml")))]
    begin = time.perf_counter()
    judged = [one for book in books for one in judgements(book, only)]
    seconds = time.perf_counter() - begin
    print(matrix(judged))
    print(f"\n{len(judged)} forms of {len({one.case.formula.id for one in judged})} formulas")
    print(f"{seconds:.1f} s", file=sys.stderr)
    for one in judged:
        if not one.agrees:
            print("\n" + disagreement(one))
    wrong = [one for one in judged if one.accepted_wrongly or one.refused_wrongly]
    return 1 if wrong else 0


def judgements(book: Book, only: str) -> list[Judgement]:
    """The verdict on every form of every formula of a book."""
    chosen = [formula for formula in book.formulas if only in formula.id or only in book.name]
    models = {name: load_known_model(name) for name in {formula.model for formula in chosen}}
    return [judge(case, models[formula.model]) for formula in chosen for case in formula.cases()]


def matrix(judged: list[Judgement]) -> str:
    """How often each verdict was given where each was deserved."""
    counts = Counter((one.case.expected, one.verdict) for one in judged)
    rows = [row for row in VERDICTS if any(row == deserved for deserved, _ in counts)]
    columns = [column for column in VERDICTS if any(column == given for _, given in counts)]
    body = [[row, *(str(counts[row, column] or "") for column in columns)] for row in rows]
    return plain_table(["deserved \\ given", *columns], body)


def disagreement(one: Judgement) -> str:
    """A form whose verdict is not the one deserved, with what the checker says of it."""
    lines = [f"{one.case.name} ({one.case.formula.model}): {one.case.expected} → {one.verdict}"]
    lines += [
        f"  {claim.verdict}: {claim.latex}\n    {claim.message}"
        for claim in one.report.claims
        if claim.verdict not in ("definition", one.case.expected)
    ]
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
