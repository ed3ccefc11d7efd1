"""One reading for a whole file: a formula may be ambiguous, an author is not."""

from __future__ import annotations

from collections.abc import Sequence

from ..evaluation.reading import STRICT, Reading
from .claims import HOLDING, Judged, under
from .definitions import Definitions
from .laboratory import Laboratory
from .readings import candidates, changes, restricted


def settled(
    laboratory: Laboratory,
    definitions: Definitions,
    judged: Sequence[Judged],
    *,
    strict: bool = False,
) -> list[Judged]:
    """The claims, each under the one reading of the file that makes most of them true.

    With `strict`, under the strict reading. Among equally good readings the one with the fewest
    changes is taken.
    """
    choice = STRICT if strict else _best(laboratory, definitions, judged)
    for one in judged:
        under(laboratory, definitions, one, choice)
        one.reading = restricted(choice, one.asked)
        if one.reading not in one.findings:
            under(laboratory, definitions, one, one.reading)
        if not strict:
            # `fails` wins over `ill-shaped`: what is wrong is said in a reading that has shapes.
            one.reading, _ = one.weightiest
    return list(judged)


def _best(laboratory: Laboratory, definitions: Definitions, judged: Sequence[Judged]) -> Reading:
    wanted = dict.fromkeys(one.reading for one in judged if one.finding.outcome in HOLDING)
    options = list(dict.fromkeys([STRICT, *wanted, *_merged(list(wanted))]))

    def count(reading: Reading) -> int:
        return sum(
            under(laboratory, definitions, one, reading).outcome in HOLDING for one in judged
        )

    def quality(reading: Reading) -> tuple[int, int]:
        return count(reading), -len(changes(reading))

    if len(options) == 1:
        return STRICT
    best = max(options, key=quality)
    if count(best) < sum(one.finding.outcome in HOLDING for one in judged):
        # Each claim stopped at its nearest reading; a farther one may make all of them true.
        asked = frozenset().union(*(one.asked for one in judged))
        best = max([best, *candidates(asked)], key=quality)
    return best


def _merged(readings: list[Reading]) -> list[Reading]:
    """All the changes of several readings in one, where they do not contradict each other."""
    merged = STRICT
    for reading in readings:
        named = changes(reading)
        merged = Reading(
            **{
                name: getattr(reading if name in named else merged, name)
                for name in Reading.__dataclass_fields__
            }
        )
    return [merged]
