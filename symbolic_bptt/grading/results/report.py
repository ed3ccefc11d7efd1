"""The report on a class, as Markdown and HTML."""

from __future__ import annotations

from collections.abc import Sequence

from ..exercise import Exercise
from ..feedback.render import environment
from ..record import Record
from .statistics import statistics


def markdown(records: Sequence[Record], exercise: Exercise) -> str:
    """The class report as Markdown."""
    return _rendered("class.md", records, exercise)


def html(records: Sequence[Record], exercise: Exercise) -> str:
    """The class report as one HTML page that needs nothing else."""
    return _rendered("class.html", records, exercise)


def person_list(records: Sequence[Record], exercise: Exercise) -> str:
    """Everything that a person must look at, as Markdown."""
    return _rendered("person.md", records, exercise)


def _rendered(template: str, records: Sequence[Record], exercise: Exercise) -> str:
    found = statistics(records, exercise)
    return environment().get_template(template).render(found=found, exercise=exercise)
