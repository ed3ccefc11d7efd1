"""Feedback for one student as Markdown, HTML and JSON."""

from __future__ import annotations

from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape

from ..exercise import Exercise
from ..record import Record
from . import markdown_text, words
from .mathml import mathml, prose_html


@cache
def environment() -> Environment:
    """The templates; in HTML everything is escaped."""
    made = Environment(
        loader=PackageLoader("symbolic_bptt.grading.feedback"),
        autoescape=select_autoescape(("html",)),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    made.filters.update(
        plain=markdown_text.plain,
        prose=markdown_text.prose,
        code=markdown_text.code,
        block=markdown_text.block,
        formula=markdown_text.formula,
        mathml=mathml,
        prose_html=prose_html,
        points=words.points,
    )
    made.globals["words"] = words
    return made


def markdown(record: Record, exercise: Exercise) -> str:
    """The feedback as Markdown with `$` formulas."""
    return environment().get_template("student.md").render(record=record, exercise=exercise)


def html(record: Record, exercise: Exercise) -> str:
    """The feedback as one HTML page that needs nothing else: no script, no link, no picture."""
    return environment().get_template("student.html").render(record=record, exercise=exercise)


def json(record: Record) -> str:
    """The record itself."""
    return record.model_dump_json(indent=1) + "\n"
