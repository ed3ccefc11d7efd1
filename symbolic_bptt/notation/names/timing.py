r"""Which letters of a line are steps, and which count units: k and i of `h_i^{(k)}`.

The time index and the last step are steps, and what the limits of a sum tie to them. The letters of
`W_{ij}`, of `b_i` and of a sum over a size count units. Of the letters of a name that has a step,
the one that is shifted, `h_i^{(k-1)}`, is the step, then the one that is written as the steps of
that name are, then the only one that counts no units.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from .evidence import entered_letters, letters_in, steps_of_limits
from .facts import INDEX_SHAPES, Facts, Setting, is_step, layout_of
from .shape import Shape
from .spelling import spelling
from .types import Line
from .walk import Found, Occurrence
from .written import TRANSPOSES, Piece


def steps_and_entries(
    facts: Facts, line: Line, found: Found
) -> tuple[frozenset[str], frozenset[str]]:
    """The letters of a line that are steps, and those that count units."""
    setting = facts.setting
    never = setting.sizes | setting.families
    steps = set(steps_of_limits(found.limits, setting.steps, never))
    steps |= {x for x in line.bound if setting.time_index in letters_in(x)}
    several = [one for one in found.symbols if _is_open(facts, one)]
    steps |= {x for one in several for x in _shifted(facts, one)} - never
    entries = _entries(facts, found) - steps - facts.known
    steps |= _lone_steps(facts, line, found, entries)
    entries -= steps
    for one in several:
        steps |= _chosen(facts, one, steps, entries) - never
    return frozenset(steps), entries - steps


def times_of_letters(facts: Facts, found: Iterable[Found]) -> None:
    """How the steps of declared names are written, where a letter of the line is the step."""
    for number, one in enumerate(found):
        steps = facts.steps[number]
        for occurrence in one.symbols:
            form = facts.setting.form(occurrence.written)
            if form is None or not form.indices or _has_literal_step(facts, occurrence):
                continue
            own = [p for p in _places(facts, occurrence) if is_step(facts.setting.shape(p), steps)]
            stem = facts.setting.stem(occurrence.written)
            if len(own) == 1 and layout_of(own[0]) in ("bare", "call"):
                facts.timed[stem].add(layout_of(own[0]))


def _has_literal_step(facts: Facts, occurrence: Occurrence) -> bool:
    """Whether the time index or the last step is among the scripts."""
    shapes = (facts.setting.shape(piece) for piece in _places(facts, occurrence))
    return any(is_step(shape, facts.setting.steps) for shape in shapes)


def _places(facts: Facts, occurrence: Occurrence) -> list[Piece]:
    """The scripts that may be the step, the bracket behind the name as well."""
    free = facts.setting.free(occurrence.written)
    called = occurrence.call if len(occurrence.call) == 1 else ()
    return [piece for piece in (*free, *called) if may_be_index(facts, piece)]


def _is_open(facts: Facts, occurrence: Occurrence) -> bool:
    """Whether a name must have a step, and it is not plain which script says it."""
    form = facts.setting.form(occurrence.written)
    if form is None or not form.is_timed or _has_literal_step(facts, occurrence):
        return False
    places = _places(facts, occurrence)
    return len(places) > 1 or any(layout_of(p) in ("bare", "call") for p in places)


def _shifted(facts: Facts, occurrence: Occurrence) -> Iterator[str]:
    """The letters that are counted with: k of `h_i^{(k-1)}`; no unit has a successor."""
    for piece in _places(facts, occurrence):
        shape = facts.setting.shape(piece)
        if shape.kind == "sum" and len(shape.letters) == 1 and is_shift(piece):
            yield shape.letters[0]


def _chosen(
    facts: Facts, occurrence: Occurrence, steps: set[str], entries: frozenset[str]
) -> set[str]:
    """The letter that is the step of a name with several scripts."""
    places = _places(facts, occurrence)
    if any(is_step(facts.setting.shape(p), frozenset(steps)) for p in places):
        return set()
    free = [p for p in places if not set(facts.setting.shape(p).letters) <= entries]
    layouts = facts.layouts(occurrence.written) - {"sub"}
    own = [p for p in free if layout_of(p) in layouts] or free
    single = len(own) == 1 and (len(own) < len(places) or len(places) == 1)
    letter = facts.setting.shape(own[0]).letter if single else ""
    return {letter} - facts.known - {""}


def _entries(facts: Facts, found: Found) -> frozenset[str]:
    """The letters that count units, whatever else they are."""
    setting = facts.setting
    letters = set(entered_letters(found)) | _over_sizes(setting, found)
    for occurrence in found.symbols:
        form = setting.form(occurrence.written)
        places = [p for p in setting.free(occurrence.written) if p.place == "_" and not p.wrapped]
        shapes = [setting.shape(p) for p in places]
        if form is None or not form.rank:
            continue
        if form.indices == 0 and sum(len(shape.letters) for shape in shapes) == form.rank:
            letters |= {x for shape in shapes if shape.kind == "letters" for x in shape.letters}
        elif form.indices and _has_literal_step(facts, occurrence):
            letters |= {shape.letter for shape in shapes} - {""}
    return frozenset(letters - setting.steps)


def _over_sizes(setting: Setting, found: Found) -> set[str]:
    """The letters of sums that reach to a size: i of `\\sum_{i=1}^{K}`."""
    over: set[str] = set()
    for limits in found.limits:
        letters = {x for limit in limits for x in letters_in(spelling(limit))}
        if letters & setting.sizes and not letters & setting.steps:
            over |= letters - setting.sizes
    return over


def _lone_steps(facts: Facts, line: Line, found: Found, entries: frozenset[str]) -> set[str]:
    """The letters that are the only script of a timed name and are bound by the line, or free."""
    setting = facts.setting
    steps: set[str] = set()
    for occurrence in found.symbols:
        if not facts.is_timed(occurrence.written) or is_called_with_step(facts, occurrence):
            continue
        places = [p for p in setting.free(occurrence.written) if may_be_index(facts, p)]
        shapes = [setting.shape(p) for p in places]
        if len(places) != 1 or _is_elsewhere(facts, occurrence, shapes[0], entries):
            continue
        if _is_foremost(facts, occurrence, places[0]) and not shapes[0].glued:
            bound = set(shapes[0].letters) & line.bound
            steps |= bound or _lone_step(facts, occurrence, shapes[0])
    return steps


def _is_elsewhere(
    facts: Facts, occurrence: Occurrence, shape: Shape, entries: frozenset[str]
) -> bool:
    r"""Whether the step of a declared name is another script: `h_i^{(1)}`, `\\hat y_i(k)`."""
    form = facts.setting.form(occurrence.written)
    if form is None or not form.rank or not form.is_timed:
        return False
    free = facts.setting.free(occurrence.written)
    numbers = [
        p for p in free if facts.setting.shape(p).kind == "number" and layout_of(p) != "bare"
    ]
    wrapped = {layout_of(piece) for piece in numbers if piece.wrapped}
    if facts.layouts(occurrence.written) & wrapped:
        return True
    units = bool(shape.letters) and set(shape.letters) <= entries
    return units and (bool(numbers) or len(_places(facts, occurrence)) > 1)


def _is_foremost(facts: Facts, occurrence: Occurrence, piece: Piece) -> bool:
    """Whether no number stands before an index, which would be the step: `z_{2,j}`."""
    free = facts.setting.free(occurrence.written)
    before = free[: free.index(piece)]
    numbers = any(p.place == "_" and facts.setting.shape(p).kind == "number" for p in before)
    return layout_of(piece) != "bare" and not numbers


def _lone_step(facts: Facts, occurrence: Occurrence, shape: Shape) -> set[str]:
    """The letter of a declared timed name that has no other: k of `s_k`.

    A scalar may be called k as well; a quantity of another kind tells names apart, `h_c`.
    """
    form = facts.setting.form(occurrence.written)
    if form is None or not all(declared.indices for declared in form.declared):
        return set()
    others = {name for name in facts.known if not _is_declared_number(facts.setting, name)}
    return {shape.letter} - others - {""} if not occurrence.whole else set()


def _is_declared_number(setting: Setting, name: str) -> bool:
    declared = [one for form in setting.forms.get(name, ()) for one in form.declared]
    return bool(declared) and all(one.rank == 0 and not one.indices for one in declared)


def may_be_index(facts: Facts, piece: Piece) -> bool:
    """Whether a script looks like an index."""
    shape = facts.setting.shape(piece)
    return (
        piece.place in "_^("
        and not (piece.closed or piece.named)
        and shape.kind in INDEX_SHAPES
        and not shape.upright
        and not (layout_of(piece) == "bare" and piece.text in {"T", "H", *TRANSPOSES})
    )


def is_shift(piece: Piece) -> bool:
    """Whether a script adds or takes away something."""
    return "+" in piece.text or "-" in piece.text


def is_called_with_step(facts: Facts, occurrence: Occurrence) -> bool:
    """Whether a step stands in the bracket behind a name: `y_k(t+1)`."""
    call = occurrence.call
    return len(call) == 1 and is_step(facts.setting.shape(call[0]), facts.setting.steps)
