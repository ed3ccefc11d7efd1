r"""Which script of an occurrence is its step."""

from __future__ import annotations

from .facts import Facts, below_step, is_step, layout_of
from .scene import Scene
from .shape import shape_of
from .written import Piece, Written


def is_index_below(piece: Piece, scene: Scene) -> bool:
    """Whether the script below the step is an index, in a document that writes them so."""
    body = below_step(piece, scene.every_step)
    return body is not None and scene.facts.below and bool(shape_of(body).letter)


def step_of(pieces: tuple[Piece, ...], scene: Scene) -> Piece | None:
    """The script that is the step: one with the time index, then one with a letter that is a step,
    then, on a name that must have a step, a number or the only letter.
    """
    candidates = [p for p in pieces if not p.closed and p.place in "_^(" and _free(p, scene)]
    low = [p for p in candidates if layout_of(p) != "bare"]
    certain = next((p for p in candidates if p.parted == "step"), None)
    if certain is not None or _is_entry_of_matrix(low, scene):
        return certain
    for steps in (scene.facts.setting.steps, scene.steps):
        for piece in _by_layout(low, scene):
            if is_step(scene.shape(piece), steps) and not scene.shape(piece).upright:
                return piece
    for piece in low:
        if is_index_below(piece, scene):
            return piece
    if "bare" in scene.facts.layouts(scene.written) or _must_be_timed(scene):
        for piece in candidates:
            if layout_of(piece) == "bare" and _step_above(piece, scene):
                return piece
    return _only_index(low, scene) if scene.timed or _is_number_parameter(scene) else None


def _is_entry_of_matrix(low: list[Piece], scene: Scene) -> bool:
    """Whether two indices side by side are those of an entry: `W_{ii}`, whatever i runs over."""
    form = scene.form
    untimed = form is not None and form.rank == 2 and not form.is_timed
    return untimed and len(low) == 2 and all(piece.parted for piece in low)


def _is_number_parameter(scene: Scene) -> bool:
    """Whether a name is a parameter, of which `u_0` is the copy at step 0.

    `v_1` of a vector is an entry, but in a document that writes copies of numbers so.
    """
    form = scene.form
    if form is None or form.role != "parameter":
        return False
    pieces = scene.written.pieces
    sole = len(pieces) == 1 and pieces[0].place == "_" and not pieces[0].wrapped
    return form.rank == 0 or (sole and (form.rank == 2 or scene.facts.copies))


def _must_be_timed(scene: Scene) -> bool:
    return scene.form is not None and scene.form.is_timed


def _free(piece: Piece, scene: Scene) -> bool:
    return not piece.named and scene.chosen(piece) != "label"


def _step_above(piece: Piece, scene: Scene) -> bool:
    shape = scene.shape(piece)
    if shape.kind == "number":
        return number_above(piece, scene.written, scene.facts)
    if is_step(shape, scene.steps):
        return piece.text not in ("T", "H") or "bare" in scene.facts.timed.get(scene.stem, ())
    return False


def number_above(piece: Piece, name: Written, facts: Facts) -> bool:
    r"""Whether a number above is a step: `h^0`, `h^{-1}` where steps are written `h^t`."""
    form, setting = facts.setting.form(name), facts.setting
    layouts = facts.layouts(name)
    bare = "bare" in layouts and layout_of(piece) == "bare" and not piece.closed
    if not bare or (form is None and setting.base(name) in facts.alone):
        return False
    if form is not None and not form.is_timed:
        return False
    others = [p for p in setting.free(name) if p is not piece and layout_of(p) != "bare"]
    shapes = [setting.shape(p) for p in others]
    below = "sub" in layouts and any(shape.kind in ("number", "letters") for shape in shapes)
    return not below and not any(setting.steps & set(shape.letters) for shape in shapes)


def _only_index(low: list[Piece], scene: Scene) -> Piece | None:
    """The step of a timed name in which no script speaks of time: `s_1`, `s_k`.

    Of several, one that is written as the steps of the name are: k of `h_{[p]}^{(k)}` beside
    `h^{(t)}`; what stands in square brackets below a name is its entry before it is its step.
    """
    fitting = [p for p in _by_layout(low, scene) if _fits_step(p, scene)]
    others = [p for p in fitting if not (_is_entry(p) or _counts_units(p, scene))]
    return next(iter(others or fitting), None)


def _is_entry(piece: Piece) -> bool:
    return piece.place == "_" and piece.wrapped == "["


def _by_layout(pieces: list[Piece], scene: Scene) -> list[Piece]:
    """The scripts, those first that are written as the steps of the name are."""
    layouts = scene.facts.layouts(scene.written) - {"sub"}
    return sorted(pieces, key=lambda piece: layout_of(piece) not in layouts)


def _counts_units(piece: Piece, scene: Scene) -> bool:
    """Whether a script has a letter that counts units in its line, i beside `W_{ij}`."""
    letters = scene.shape(piece).letters
    return bool(letters) and set(letters) <= scene.entries


def _steps_are_written_so(piece: Piece, scene: Scene) -> bool:
    """Whether a number in brackets may be a step: `h^{(1)}` not where a document writes `h_t`."""
    layouts = scene.facts.layouts(scene.written)
    return (
        not piece.wrapped or layout_of(piece) in layouts or (scene.form is not None and not layouts)
    )


def _fits_step(piece: Piece, scene: Scene) -> bool:
    shape = scene.shape(piece)
    if shape.kind == "number":
        if scene.form is not None and scene.form.rank == 2 and len(piece.text) == 2:
            return False
        return _steps_are_written_so(piece, scene)
    if shape.kind == "sum":
        return len(shape.letters) == 1
    if not shape.letter or shape.upright:
        return False
    if shape.letter in scene.indices or scene.chosen(piece) == "index":
        return scene.form is None or scene.form.indices > 0 or scene.form.rank == 2
    form = scene.form
    bare = not piece.wrapped and piece.place == "_"
    usual = bool(piece.wrapped) and layout_of(piece) in scene.facts.timed.get(scene.stem, ())
    declared = form is not None and form.indices > 0 and (bare or usual)
    defined = (scene.stem, piece.slot) in scene.facts.defined
    return declared and not defined and shape.letter not in scene.facts.known
