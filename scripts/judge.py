"""The judge is judged: planted mistakes in generated student derivations, for library models.

    python scripts/judge.py                    # every model, 20 derivations each
    python scripts/judge.py --count 6 elman    # one model, quickly

Every other derivation is right. Printed for each model: how many right ones passed, in how many
wrong ones the first wrong line was found and the right class of mistake named, the F1 of the two
accuracies as ProcessBench reports it, false accusations and wrong derivations accepted. The last
two must be 0, or the exit status is 1. The same seed gives the same numbers.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter

from symbolic_bptt.grading.generator.trial import Outcome, Score, score
from symbolic_bptt.model import library_names


def main(arguments: list[str] | None = None) -> int:
    """Print the table; 0 if the judge is sound."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("models", nargs="*", metavar="MODEL")
    parser.add_argument("--count", type=int, default=20, help="derivations of each model")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--show", action="store_true", help="print what was not found")
    options = parser.parse_args(arguments)
    begin = time.perf_counter()
    models = tuple(options.models) or library_names()
    print(f"seed {options.seed}, {options.count} derivations of each model, half of them wrong\n")
    print(
        f"{'model':22}{'right':>9}{'located':>10}{'explained':>11}{'F1':>7}  false  accepted  open"
    )
    watch = shown if options.show else lambda _: None
    total = Score()
    for model in models:
        one = score((model,), options.count, options.seed, watch)[model]
        print(row(model, one), flush=True)
        merge(total, one)
    print(row("all", total))
    print("\nby planted mistake: planted, located, explained")
    for kind, tally in sorted(total.by_kind.items()):
        print(f"  {kind:24}{tally['planted']:5}{tally['located']:5}{tally['explained']:5}")
    print(f"{time.perf_counter() - begin:.0f} s", file=sys.stderr)
    return 0 if total.sound else 1


def row(name: str, one: Score) -> str:
    """One line of the table."""
    return (
        f"{name:22}{one.right_passed:4}/{one.right:<4}{one.wrong_located:5}/{one.wrong:<4}"
        f"{one.explained:6}/{one.wrong:<4}{one.f1:7.3f}{one.false_accusations:7}"
        f"{one.wrongly_accepted:10}{one.unsettled:6}"
    )


def merge(total: Score, one: Score) -> None:
    """Add the counts of one score to another."""
    for name, value in vars(one).items():
        if name == "by_kind":
            for kind, tally in value.items():
                total.by_kind.setdefault(kind, Counter()).update(tally)
        else:
            setattr(total, name, getattr(total, name) + value)


def shown(outcome: Outcome) -> None:
    """What the judge missed, with the text it was given."""
    if outcome.located and (outcome.explained or outcome.planted is None):
        return
    print("\n" + outcome.derivation.text, file=sys.stderr)
    print(f"  {outcome.derivation.model}: planted {outcome.derivation.mistake}", file=sys.stderr)
    print(f"  found line {outcome.line}: {'; '.join(outcome.messages)}", file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main())
