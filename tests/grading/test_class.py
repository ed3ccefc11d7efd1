"""A class in many hands is graded as a careful teacher would."""

from __future__ import annotations

import tomllib
from html.parser import HTMLParser
from pathlib import Path

import pytest

from symbolic_bptt.grading.exercise import Exercise
from symbolic_bptt.grading.exercise_file import load_exercise
from symbolic_bptt.grading.feedback import render
from symbolic_bptt.grading.record import Record
from symbolic_bptt.grading.results import report, tables
from symbolic_bptt.grading.submissions import collect
from symbolic_bptt.grading.worker import work

from .conftest import CLASS

EXPECTED = tomllib.loads((CLASS / "expected.toml").read_text("utf-8"))
CASES = [(group, student) for group in EXPECTED for student in EXPECTED[group]]


@pytest.fixture(scope="module")
def records() -> dict[tuple[str, str], Record]:
    return {
        (group, one.student): work(CLASS / f"{group}.toml", one)
        for group in EXPECTED
        for one in collect([CLASS / group])
    }


@pytest.fixture(scope="module")
def exercise() -> Exercise:
    return load_exercise(CLASS / "elman.toml")


def test_the_class_is_complete(records: dict[tuple[str, str], Record]) -> None:
    assert set(records) == set(CASES)
    assert len(records) >= 30


@pytest.mark.parametrize("case", CASES, ids=lambda case: "-".join(case))
def test_marks_are_those_of_a_careful_teacher(
    records: dict[tuple[str, str], Record], case: tuple[str, str]
) -> None:
    wanted, record = EXPECTED[case[0]][case[1]], records[case]
    wrong = record.first_wrong
    kinds = [one.kind for one in wrong.diagnoses] if wrong else []
    assert [one.points for one in record.targets] == wanted["points"]
    assert record.points == sum(wanted["points"])
    assert (wrong.number if wrong else None) == wanted.get("wrong")
    assert (kinds[0] if kinds else None) == wanted.get("mistake")
    assert (record.status == "for a person") == wanted.get("person", False)


@pytest.mark.parametrize("case", CASES, ids=lambda case: "-".join(case))
def test_feedback_shows_every_step_and_the_sum(
    records: dict[tuple[str, str], Record], case: tuple[str, str]
) -> None:
    record = records[case]
    shown = render.markdown(record, load_exercise(CLASS / f"{case[0]}.toml"))
    for step in record.steps:
        assert f"**{step.number}.** " in shown
    assert "\nSum: " in shown
    assert "None" not in shown
    assert "\n\n\n\n" not in shown


class Tags(HTMLParser):
    """The tags and attributes of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}


def read(page: str) -> Tags:
    found = Tags()
    found.feed(page)
    return found


HARMLESS = {
    *("html", "head", "meta", "title", "style", "body", "h1", "h2", "h3", "p", "b", "i", "sub"),
    *("table", "tr", "th", "td", "br", "ol", "ul", "li", "div", "span", "code", "pre"),
    *("math", "mrow", "mi", "mo", "mn", "mfrac", "msub", "msup", "msubsup", "mover", "mtext"),
    *("munder", "munderover", "mtable", "mtr", "mtd", "mspace", "mstyle", "msqrt", "mroot"),
}


@pytest.mark.parametrize("case", CASES, ids=lambda case: "-".join(case))
def test_nothing_that_a_student_writes_becomes_a_tag(
    records: dict[tuple[str, str], Record], case: tuple[str, str], exercise: Exercise
) -> None:
    found = read(render.html(records[case], exercise))
    assert found.tags <= HARMLESS
    assert not {name for name in found.attributes if name.startswith("on")}
    assert not {"src", "href", "srcdoc", "action"} & found.attributes


def test_the_class_report_counts_mistakes_and_lists_what_waits(
    records: dict[tuple[str, str], Record], exercise: Exercise
) -> None:
    elman = [record for (group, _), record in records.items() if group == "elman"]
    shown = report.markdown(elman, exercise)
    assert "26 submissions, 26 with a mark" in shown
    assert r"activation\-other: 2 students" in shown
    assert "mallory" in shown.partition("## For a person")[2]
    assert read(report.html(elman, exercise)).tags <= HARMLESS
    waiting = report.person_list(elman, exercise)
    assert "kofi" in waiting
    assert "^" in waiting


def test_a_mark_that_may_still_rise_is_not_exported(
    records: dict[tuple[str, str], Record],
) -> None:
    elman = [record for (group, _), record in records.items() if group == "elman"]
    rows = {row.split(",")[1]: row.split(",") for row in tables.moodle_csv(elman).splitlines()}
    assert rows['"mallory"'][3] == '""'
    assert rows['"ada"'][3] == '"10"'
    assert (
        '"score"' not in tables.gradescope_json(records["elman", "kofi"], "").partition("tests")[0]
    )


def test_the_pages_need_nothing_else() -> None:
    page = Path(render.__file__).parent / "templates" / "student.html"
    text = page.read_text("utf-8")
    assert "http" not in text.replace("http-equiv", "")
    assert "<script" not in text
