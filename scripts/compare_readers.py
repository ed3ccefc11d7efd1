"""Both readers on the formulas of the atlas: where the verdicts by trees and by terms differ.

usage: python scripts/compare_readers.py [ID…]      (ends with the number of differences)
"""

from __future__ import annotations

import sys

from symbolic_bptt.atlas.judging import behind, document, judge, worst
from symbolic_bptt.atlas.loader import known_books, load_known_model
from symbolic_bptt.checking.terms import check_by_terms


def main(wanted: list[str]) -> int:
    """Print each case that is judged differently; the exit status is 1 if there is one."""
    count = 0
    formulas = [formula for book in known_books() for formula in book.formulas]
    for case in (case for formula in formulas for case in formula.cases()):
        formula = case.formula
        if wanted and formula.id not in wanted:
            continue
        by_trees = judge(case).verdict
        context = document(formula.context, formula.kind)
        text = context + document(case.claim, formula.kind)
        model = load_known_model(formula.model)
        claims = check_by_terms(model, text, formula.kind, strict=formula.strict)
        by_terms = worst(behind(context, claims))
        if by_terms != by_trees:
            count += 1
            print(f"{case.name}: {by_trees} by trees, {by_terms} by terms")
    print(f"{count} differences")
    return int(count > 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
