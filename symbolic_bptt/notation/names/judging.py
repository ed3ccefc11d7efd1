r"""What one script of one occurrence is, given what the document says."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from .facts import CLASSIC, below_step, is_step, layout_of
from .scene import Scene
from .shape import Shape
from .spelling import spelling
from .written import Piece

Kind = Literal["step", "index", "glued", "below", "label", "power", "unclear"]


@dataclass(frozen=True)
class Judged:
    """A script and what it is.

    step: an index that speaks of a step. index: another one. glued: several, side by side.
    below: a step with an entry below it, `y_{t_k}`. unclear: `why` says what is wrong.
    """

    piece: Piece
    kind: Kind
    why: str = ""


def judged(piece: Piece, scene: Scene) -> Judged:
    """What a script is."""
    if piece.place == "'" or piece.named:
        return Judged(piece, "label")
    shape = scene.shape(piece)
    if shape.kind == "empty":
        return Judged(piece, "unclear", "a script is empty")
    if shape.kind == "range":
        return Judged(piece, "unclear", f"`{spelling(piece.body)}` is several indices at once")
    if piece is scene.step:
        return Judged(piece, "step" if shape.kind != "other" else "below")
    if piece.closed and piece.place == "_":
        digits = shape.kind == "number" and len(piece.text) == 2 and piece.text.isdigit()
        matrix = digits and scene.facts.rank(scene.written) == 2
        return Judged(piece, "glued" if shape.glued or matrix else "index")
    if piece.closed and piece.place == "^":
        return Judged(piece, "power")
    bare = layout_of(piece) == "bare"
    kind = _above(piece, shape, scene) if bare else _below(piece, shape, scene)
    if kind == "unclear":
        return Judged(piece, kind, _why_below(piece))
    return Judged(piece, kind)


def _is_kronecker(scene: Scene) -> bool:
    r"""Whether it is \delta_{i,j} with two indices of which none is a step."""
    low = [p for p in scene.written.pieces if p.place == "_" and not p.wrapped]
    if scene.stem != r"\delta" or scene.form is not None or len(low) != 2 or scene.step is not None:
        return False
    first = scene.shape(low[0]).letter
    return first in CLASSIC | scene.facts.setting.sizes | scene.indices


def _below(piece: Piece, shape: Shape, scene: Scene) -> Kind:
    if shape.kind in ("number", "computed", "other", "sum") and _is_kronecker(scene):
        return "index"
    match shape.kind:
        case "number":
            return _number(piece, scene)
        case "letters":
            return _letters(piece, shape, scene)
        case "sum":
            return _sum(piece, shape, scene)
        case "computed":
            return _computed(piece, scene)
        case "other" if below_step(piece, scene.every_step):
            return "unclear"
        case "other" if piece.wrapped and piece.place == "^":
            return "power" if scene.chosen(piece) != "label" else "label"
        case _:
            return "label"


def _number(piece: Piece, scene: Scene) -> Kind:
    """A number that is no step."""
    chosen = scene.chosen(piece)
    if scene.facts.rank(scene.written) == 2 and _is_one_of_two(piece, scene):
        return "index"
    if chosen:
        return "label" if chosen == "label" else "index"
    if _must_be_index(piece):
        return "index"
    if (scene.stem, piece.place, piece.wrapped) in scene.facts.slots:
        return "index"
    if piece.wrapped or scene.function:
        return "label"
    rank = scene.facts.rank(scene.written)
    if scene.step is not None:
        return _number_beside_step(piece, scene, rank)
    if rank == 2:
        return _number_below_matrix(piece, scene)
    if rank == 1:
        return "index"
    whole = rank is None and scene.facts.is_whole(scene.written)
    if whole and len(piece.text) == 2:
        return "glued"
    defined = (scene.stem, piece.slot) in scene.facts.defined
    return "index" if whole and not defined else "label"


def _computed(piece: Piece, scene: Scene) -> Kind:
    """An index that must be worked out, of what has indices; else part of a name."""
    if scene.chosen(piece) == "label" or scene.function:
        return "label"
    rank = scene.facts.rank(scene.written)
    if scene.form is None:
        return "index" if scene.timed else "label"
    if scene.form.indices or rank == 1 or (rank == 2 and _is_one_of_two(piece, scene)):
        return "index"
    return "label"


def _number_below_matrix(piece: Piece, scene: Scene) -> Kind:
    """12 of W_{12} is two entries; 2 of A_2 says nothing of a matrix A of the document."""
    if len(piece.text) == 2 and piece.text.isdigit():
        return "glued"
    own = scene.form is not None and scene.form.role == "variable"
    return "unclear" if own and len(scene.written.pieces) == 1 else "label"


def _is_one_of_two(piece: Piece, scene: Scene) -> bool:
    """Whether a script is one of two below a matrix, parted by a comma: `W_{1,2}`."""
    low = [p for p in scene.written.pieces if p.place == "_" and not p.wrapped and not p.closed]
    short = all(p.shape.kind in ("number", "computed") or p.shape.letter for p in low)
    return piece in low and len(low) == 2 and short


def _number_beside_step(piece: Piece, scene: Scene, rank: int | None) -> Kind:
    if rank is not None and rank > 0:
        return "index"
    before = scene.written.pieces.index(piece) < scene.written.pieces.index(scene.step or piece)
    defined = (scene.stem, piece.slot) in scene.facts.defined
    return "label" if before or defined or rank == 0 else "index"


def _letters(piece: Piece, shape: Shape, scene: Scene) -> Kind:
    chosen = scene.chosen(piece)
    if chosen == "label" or shape.upright:
        return "label"
    letters = set(shape.letters)
    if shape.glued:
        return "glued" if chosen or _is_pair(piece, letters, scene) else "label"
    if chosen == "index" or _must_be_index(piece):
        return "step" if is_step(shape, scene.steps) else "index"
    if is_step(shape, scene.steps):
        return "step"
    if letters <= scene.indices:
        return "index"
    rank = scene.facts.rank(scene.written)
    if rank == 2 and letters <= CLASSIC and _is_one_of_two(piece, scene):
        return "index"
    if (scene.stem, piece.place, piece.wrapped) in scene.facts.slots:
        return _in_slot(piece, shape.letter, scene)
    return _after_step(piece, shape.letter, scene)


def _must_be_index(piece: Piece) -> bool:
    """Whether it can be nothing but an index: in square brackets, in a call, side by side."""
    return piece.place == "(" or bool(piece.parted) or (piece.place == "_" and piece.wrapped == "[")


def _is_pair(piece: Piece, letters: set[str], scene: Scene) -> bool:
    """Whether two letters side by side are the indices of an entry, W_{ij}."""
    if _must_be_index(piece):
        return True
    if piece.wrapped or piece.place != "_" or scene.function:
        return False
    if scene.stem == r"\delta" and (letters <= CLASSIC or letters <= scene.facts.setting.sizes):
        return True
    if letters <= scene.indices | scene.steps or letters <= scene.facts.everywhere:
        return True
    rank = scene.facts.rank(scene.written)
    known = rank == 2 or (rank is None and scene.facts.is_whole(scene.written))
    return known and letters <= CLASSIC


def _in_slot(piece: Piece, letter: str, scene: Scene) -> Kind:
    """A letter where other letters of the document are indices."""
    if (scene.stem, piece.slot) in scene.facts.defined:
        return "label"
    declared = scene.form is not None and (scene.form.rank or 0) > 0
    return "index" if declared or letter not in scene.facts.known else "label"


def _after_step(piece: Piece, letter: str, scene: Scene) -> Kind:
    r"""A letter without evidence: an index behind the step, `\hat y_{t,k}`, or below; a label."""
    if piece.wrapped or scene.step is None or scene.facts.rank(scene.written) == 0:
        return "label"
    if scene.step.place != piece.place and scene.form is not None and letter in CLASSIC:
        return "index"
    order = [p for p in scene.written.pieces if p.place == piece.place and not p.wrapped]
    if scene.step not in order or order.index(piece) < order.index(scene.step):
        return "label"
    if scene.form is not None:
        return "index"
    if letter in CLASSIC and _told_apart(piece, scene) <= {letter}:
        return "index"
    defined = (scene.stem, piece.slot) in scene.facts.defined
    return "label" if defined or letter in scene.facts.known else "index"


def _told_apart(piece: Piece, scene: Scene) -> set[str]:
    """The letters that stand in that place on left sides, the steps left out."""
    return {
        slot[2]
        for stem, slot in scene.facts.defined
        if stem == scene.stem and slot[:2] == piece.slot[:2]
    } - set(scene.steps)


def _sum(piece: Piece, shape: Shape, scene: Scene) -> Kind:
    letters = set(shape.letters) - scene.facts.setting.sizes or set(shape.letters)
    if is_step(shape, scene.steps):
        return "step"
    if not ("+" in piece.text or "-" in piece.text):  # a number and a letter side by side
        return "glued" if scene.facts.rank(scene.written) == 2 else "label"
    if letters <= scene.indices or scene.chosen(piece) == "index" or _must_be_index(piece):
        return "index"
    return "index" if len(shape.letters) == 1 and not piece.wrapped else "label"


def _above(piece: Piece, shape: Shape, scene: Scene) -> Kind:
    match shape.kind:
        case "number":
            slot = (scene.stem, piece.place, "") in scene.facts.slots
            if slot and scene.step is not None:
                return "index"
            return "label" if _numbers_a_name(piece, scene) else "power"
        case "letters":
            return _letters_above(piece, shape, scene)
        case "sum":
            slot = scene.step is not None and (scene.stem, "^", "") in scene.facts.slots
            family = not scene.facts.setting.families.isdisjoint(shape.letters)
            return "index" if slot or (family and scene.facts.rank(scene.written) != 0) else "power"
        case "other" | "computed":
            return "power"
        case _:
            return "label"


def _numbers_a_name(piece: Piece, scene: Scene) -> bool:
    r"""\epsilon^1 = …, \epsilon^2 = … where no \epsilon is defined, and none declared."""
    left = (scene.stem, piece.slot) in scene.facts.defined
    return left and scene.form is None and scene.stem not in scene.facts.unraised


def _letters_above(piece: Piece, shape: Shape, scene: Scene) -> Kind:
    chosen = scene.chosen(piece)
    if shape.letter and not shape.upright and scene.form is not None and scene.form.rank == 2:
        return "power"
    if chosen == "label" or (shape.upright and not chosen):
        return "label"
    if chosen == "index":
        return "glued" if shape.glued else "index"
    letters = set(shape.letters)
    setting = scene.facts.setting
    if letters <= setting.families and not scene.function:
        return "index"
    if letters <= scene.steps | scene.indices | setting.sizes or scene.function:
        return "power"
    vector = scene.form is None or scene.form.rank == 1
    named = vector and (scene.stem, piece.slot) in scene.facts.defined
    if shape.letter and not named and _is_value(shape.letter, scene):
        return "power"
    lonely = scene.stem == "e" and not scene.timed and scene.form is None
    return "power" if lonely else "label"


def _is_value(letter: str, scene: Scene) -> bool:
    """Whether a letter is a number of the document, so that it can be an exponent."""
    if letter in scene.facts.alone:
        return True
    forms = scene.facts.setting.forms.get(letter, ())
    return any(d.indices == 0 and d.rank == 0 and not f.labels for f in forms for d in f.declared)


def _why_below(piece: Piece) -> str:
    text = spelling(piece.body)
    if text.isdigit():
        return f"a matrix has two indices: write `{{i,j}}`, not `{text}`"
    return f"the index `{text}` stands nowhere else: write an entry of a step as `{{t,k}}`"
