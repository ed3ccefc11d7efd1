r"""Which script of an occurrence is its step."""

from __future__ import annotations

from .facts import below_step, is_step, layout_of
from .scene import Scene
from .shape import shape_of
from .written import Piece


def is_index_below(piece: Piece, scene: Scene) -> bool:
    """Whether the script below the step is an index, in a document that writes them so."""
    body = below_step(piece, scene.facts.setting.time_index)
    return body is not None and scene.facts.below and bool(shape_of(body).letter)


def step_of(pieces: tuple[Piece, ...], scene: Scene) -> Piece | None:
    """The script that is the step: one with the time index, then one with a letter that is a step,
    then, on a name that must have a step, a number or the only letter.
    """
    candidates = [p for p in pieces if not p.closed and p.place in "_^(" and _free(p, scene)]
    low = [p for p in candidates if layout_of(p) != "bare"]
    for steps in (scene.facts.setting.steps, scene.steps):
        for piece in low:
            if is_step(scene.shape(piece), steps) and not scene.shape(piece).upright:
                return piece
    for piece in low:
        if is_index_below(piece, scene):
            return piece
    if "bare" in scene.facts.timed.get(scene.stem, ()) or _must_be_timed(scene):
        for piece in candidates:
            if layout_of(piece) == "bare" and _step_above(piece, scene):
                return piece
    return _only_index(low, scene) if scene.timed or _is_number_parameter(scene) else None


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
    form = scene.form
    return form is not None and all(declared.indices > 0 for declared in form.declared)


def _free(piece: Piece, scene: Scene) -> bool:
    return scene.chosen(piece) != "label"


def _step_above(piece: Piece, scene: Scene) -> bool:
    shape = scene.shape(piece)
    if is_step(shape, scene.steps):
        return piece.text not in ("T", "H") or "bare" in scene.facts.timed.get(scene.stem, ())
    return False


def _only_index(low: list[Piece], scene: Scene) -> Piece | None:
    """The step of a timed name in which no script speaks of time: `s_1`, `s_k`."""
    fitting = [p for p in low if _fits_step(p, scene)]
    return fitting[0] if fitting else None


def _steps_are_written_so(piece: Piece, scene: Scene) -> bool:
    """Whether a number in brackets may be a step: `h^{(1)}` not where a document writes `h_t`."""
    layouts = scene.facts.timed.get(scene.stem, set())
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
    declared = form is not None and form.indices > 0 and not piece.wrapped and piece.place == "_"
    defined = (scene.stem, piece.slot) in scene.facts.defined
    return declared and not defined and shape.letter not in scene.facts.known
