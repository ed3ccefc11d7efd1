"""The report of `bptt check` in words: one block a claim, and the sum at the end."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from ..checking.verdict import (
    CheckedClaim,
    CheckReport,
    Counterexample,
    Displays,
    Evidence,
    Instance,
)
from ..notation import printer
from ..notation.tree import Symbol

_FINE = frozenset({"holds", "definition"})


def verdict_word(verdict: str) -> str:
    """The verdict, in capitals if it needs attention: no colour has to tell."""
    return verdict if verdict in _FINE else verdict.upper()


def claim_verdict(claim: CheckedClaim) -> str:
    """The verdict on a claim; `holds for T = 2` where it is about that number of steps alone."""
    lengths = [words for words in claim.assumptions if _LENGTH.fullmatch(words)]
    if claim.verdict == "holds" and lengths:
        return f"holds for {lengths[0]}"
    return verdict_word(claim.verdict)


_LENGTH = re.compile(r"T = [0-9]+")


def claim_lines(claim: CheckedClaim) -> Iterator[str]:
    """What there is to say about one claim, most important first."""
    if claim.message:
        yield claim.message
    if claim.counterexample:
        yield counterexample(claim.counterexample)
    for diagnosis in claim.diagnosis:
        yield diagnosis.message
    if claim.reading:
        yield f"reading: {', '.join(claim.reading)}"
    if claim.assumptions:
        yield f"assuming {', '.join(claim.assumptions)}"
    if claim.evidence:
        yield evidence(claim.evidence)


def counterexample(found: Counterexample) -> str:
    """Where the two sides differ, with their values, and the given numbers if they are few."""
    place = ", ".join(filter(None, [f"T = {found.T}", sizes(found.sizes), found.at]))
    values = f"left {found.lhs:.6g}, right {found.rhs:.6g} (seed {found.seed})"
    given = _given(found)
    return f"{place}: {values}" + (f"\n  with {given}" if given else "")


MOST_NUMBERS = 16
"""Given numbers beyond which a counterexample is not written out; JSON always has them."""


def _given(found: Counterexample) -> str:
    numbers = sum(str(value).count(",") + 1 for value in found.values.values())
    if numbers > MOST_NUMBERS:
        return ""
    return ", ".join(f"{_plain(name)} = {value}" for name, value in found.values.items())


def _plain(name: str) -> str:
    """`x_{1}` as x_1, `\\hat y` as ŷ."""
    base, _, step = name.removesuffix("}").rpartition("_{") if "_{" in name else (name, "", "")
    shown = printer.text(Symbol(base or name))
    return shown if not step else f"{shown}_{step}" if len(step) == 1 else f"{shown}_{{{step}}}"


def evidence(given: Evidence) -> str:
    """What the verdict rests on: exact with its error bound, or numeric with its digits."""
    tried = "; ".join(instances(given.instances))
    kind = f"numeric, {given.digits} digits" if given.kind == "numeric" else "exact"
    if given.error_bound_log2 is not None:
        kind += f", wrong with a chance of at most 2^{given.error_bound_log2:.0f}"
    shown = " ".join(filter(None, [kind, how_far(given), f"({tried})"]))
    return f"{shown}; not shown for every T: {given.reason}" if given.reason else shown


def how_far(given: Evidence) -> str:
    """`for every T and every size`, as far as that is proved."""
    sized = given.every_size and any(one.sizes for one in given.instances)
    return ("for every T and every size" if sized else "for every T") if given.every_T else ""


def instances(tried: Sequence[Instance]) -> Iterator[str]:
    """`T = 1 to 8, n = 2, m = 3; T = 3, n = 5, m = 4`: lengths of the same sizes together."""
    by_sizes: dict[str, list[int]] = {}
    for one in tried:
        by_sizes.setdefault(sizes(one.sizes), []).append(one.T)
    for chosen, lengths in by_sizes.items():
        yield ", ".join(filter(None, [f"T = {in_rows(lengths)}", chosen]))


def in_rows(lengths: Iterable[int]) -> str:
    """`1 to 8, 11`."""
    runs: list[list[int]] = []
    for length in sorted(set(lengths)):
        if runs and runs[-1][-1] == length - 1:
            runs[-1].append(length)
        else:
            runs.append([length])
    return ", ".join(
        f"{run[0]} to {run[-1]}" if len(run) > 2 else ", ".join(map(str, run)) for run in runs
    )


def sizes(chosen: Mapping[str, int]) -> str:
    """`n = 3, m = 2`."""
    return ", ".join(f"{letter} = {size}" for letter, size in chosen.items())


def degenerate(report: CheckReport) -> tuple[str, ...]:
    """The announcement that must come before any claim: about what every formula may pass."""
    if not report.degenerate:
        return ()
    return (f"degenerate: the loss does not depend on {', '.join(report.degenerate)}",)


def summary(report: CheckReport) -> str:
    """`3 hold, 1 fails`: the verdicts that occur, with their numbers."""
    counted = [f"{count} {verdict}" for verdict, count in report.summary.items() if count]
    return ", ".join(counted) or "no formula"


def displays(found: Displays) -> str:
    """`41 displays, 38 read, 30 about this model`; nothing where there is none."""
    if not found.found:
        return ""
    noun = "display" if found.found == 1 else "displays"
    return f"{found.found} {noun}, {found.read} read, {found.about_the_model} about this model"
