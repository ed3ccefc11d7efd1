"""What a teacher says about each step and each target: plain, kind, and exact."""

from __future__ import annotations

from collections.abc import Mapping

from ..record import Record, StepRecord, TargetRecord
from ..scoring import Status
from ..steps import MISTAKES, Relation

SIGNS: Mapping[Relation, str] = {
    "follows": "✓",
    "jumps": "✓",
    "restates": "✓",
    "irrelevant": "·",
    "defines": "·",
    "first wrong step": "✗",
    "wrong": "✗",
    "follows from an earlier mistake": "↷",
    "repairs an earlier mistake": "✓",
    "not settled": "?",
    "not read": "?",
}

_RELATIONS: Mapping[Relation, str] = {
    "follows": "Right.",
    "jumps": "True, but a long way from the line before; show more of the steps.",
    "restates": "Right: an equation of the model, or something said before.",
    "irrelevant": "True, but it says nothing about what was asked.",
    "defines": "This introduces a name.",
    "first wrong step": "This is where the derivation goes wrong.",
    "wrong": "This is not right either, and it does not come from the mistake before.",
    "follows from an earlier mistake": "Right, given what you wrote in step {origin}: "
    "nothing new is wrong here.",
    "repairs an earlier mistake": "Right: this corrects step {origin}.",
    "not settled": "This could not be decided; a person will look at it.",
    "not read": "This line could not be read; it costs nothing, and a person will look at it.",
}

STATUSES: Mapping[Status, str] = {
    "reached": "reached",
    "carried": "right but for an earlier mistake",
    "partly": "partly right",
    "wrong": "not right",
    "missing": "not found",
    "for a person": "waits for a person",
}


def relation(step: StepRecord) -> str:
    """What the step is to those before it, as a sentence."""
    sentence = _RELATIONS[step.relation].format(origin=step.because_of)
    if step.relation == "follows" and step.meaning and step.verdict == "definition":
        return f"Right: this is {step.meaning}."
    if step.relation == "follows from an earlier mistake" and step.because_of is None:
        return "Right, given what was written before: nothing new is wrong here."
    return sentence


def meant(step: StepRecord) -> str:
    """What a name that is defined wrongly is taken to stand for."""
    if step.meaning and step.relation in ("first wrong step", "wrong"):
        return f"The left side is taken as {step.meaning}, from its name or from how you use it."
    return ""


def why(step: StepRecord) -> list[str]:
    """The reasons, the likeliest alone: a student is helped by one. Empty if none is proved."""
    if step.diagnoses:
        return [_sentence(step.diagnoses[0].message)]
    if step.relation in ("first wrong step", "wrong") and step.message:
        return [_sentence(step.message)]
    if step.relation in ("first wrong step", "wrong"):
        return ["No single slip that we know explains it; compare the two sides with the numbers."]
    return []


def numbers(step: StepRecord) -> str:
    """The counterexample: where the sides differ, and by how much."""
    found = step.counterexample
    if found is None:
        return ""
    sizes = ", ".join(f"{letter} = {size}" for letter, size in sorted(found.sizes.items()))
    where = f", {found.at}" if found.at else ""
    sizes = f", {sizes}" if sizes else ""
    return (
        f"For example, with T = {found.T}{sizes}{where} and the numbers at the end, the left side "
        f"is {found.lhs:.6g}, but the right side is {found.rhs:.6g}."
    )


def points(value: float) -> str:
    """4 for 4.0, 2.5 for 2.5."""
    return f"{value:.4f}".rstrip("0").rstrip(".")


def target(one: TargetRecord) -> str:
    """The outcome for a target, with its reason."""
    at = f" (step {one.step})" if one.step is not None else ""
    said = STATUSES[one.status]
    reason = f": {one.reason}" if one.reason else ""
    return f"{said}{at}{reason}"


def addition(record: Record) -> str:
    """The sum of the mark: 2 + 4 + 0 - 1 = 5."""
    terms = [points(one.points) for one in record.targets]
    taken = [f"- {points(one.points)}" for one in record.deductions]
    total = points(record.points or 0.0)
    bare = sum(one.points for one in record.targets) - sum(one.points for one in record.deductions)
    floor = " (never below 0)" if bare < 0 else ""
    return f"{' '.join([' + '.join(terms), *taken])} = {total}{floor}"


def opening(record: Record) -> str:
    """One sentence on the whole, before the details."""
    if record.points is None:
        return "Your work could not be graded by the program; a person will grade it."
    if record.provisional:
        return "A person will look at the lines marked ? below; the mark can only rise by that."
    wrong = record.first_wrong
    if record.points >= record.full:
        return "Everything that was asked is there and right. Well done."
    if wrong is not None:
        before = "; everything before it is right" if wrong.number > 1 else ""
        return f"Step {wrong.number} is where your derivation goes wrong{before}."
    if any(one.relation == "wrong" for one in record.steps):
        return "See the steps marked ✗ below."
    return "What is there is right; something that was asked for is still missing."


def example_values(record: Record) -> dict[str, object]:
    """The given quantities of all examples: they are the same in every one."""
    found: dict[str, object] = {}
    for step in record.steps:
        if step.counterexample is not None and step.relation in MISTAKES:
            found |= step.counterexample.values
    return found


def _sentence(text: str) -> str:
    """With a full stop; with a capital where it begins with a word, and not with a symbol."""
    text = text.strip()
    first = text.split(maxsplit=1)[0] if text else ""
    if len(first) > 1 and first.isalpha() and first.islower():
        text = text[:1].upper() + text[1:]
    return text + ("" if text.endswith((".", "!", "?")) else ".")
