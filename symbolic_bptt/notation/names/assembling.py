r"""One occurrence, from its scripts to what it is."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from fractions import Fraction

from ..limits import MAX_SCRIPT_ITEMS
from ..surface.nodes import Item, Name, Number, Sequence, meaningful
from .braces import single
from .facts import Facts, Setting, below_step, layout_of
from .forms import Form
from .judging import Judged, judged
from .keys import Keys
from .marks import mark_of, prime_order
from .scene import Scene
from .shape import letter_of
from .stepping import number_above, step_of
from .types import After, Entries, Layout, NameRead, Power, Prime, Transpose
from .written import Piece, Written


@dataclass(frozen=True)
class Outcome:
    """A reading, and the scripts that were taken for labels without being declared."""

    read: NameRead
    labels: tuple[Piece, ...]
    stem: str


@dataclass
class _Draft:
    indices: list[Sequence] = field(default_factory=list)
    labels: list[Piece] = field(default_factory=list)
    layers: dict[int, _Layer] = field(default_factory=dict)
    layout: Layout = ""
    why: str = ""


@dataclass
class _Layer:
    turns: list[After] = field(default_factory=list)
    entries: list[Sequence] = field(default_factory=list)
    powers: list[After] = field(default_factory=list)
    held: list[After] = field(default_factory=list)


MOST_ENTRIES = 2
"""What has more is no matrix: `p_{t,k,i,j}` is a number for each choice of its indices."""

MAX_SCRIPTS = 2 * MAX_SCRIPT_ITEMS
"""Scripts of one name, above and below."""


def assembled(
    facts: Facts, keys: Keys, line: int, name: Written, *, remember: bool = False
) -> Outcome:
    """What an occurrence is; its spelling becomes that of the name if it is to be remembered."""
    if len(name.pieces) > MAX_SCRIPTS:
        why = f"more than {MAX_SCRIPTS} scripts on `{name.base.text}`: give it a shorter name"
        return Outcome(NameRead(name.base.text, why=why), (), name.base.text)
    form = facts.setting.form(name)
    labels = () if form is None else _declared_labels(name, form)
    own = {id(piece) for piece in labels}
    function = is_function(facts.setting, name, form)
    marks = {
        id(piece): mark
        for piece in name.pieces
        if id(piece) not in own and (mark := _mark(facts, name, piece, form, function)) is not None
    }
    free = tuple(p for p in name.pieces if id(p) not in own and id(p) not in marks)
    scene = _scene(facts, line, name, form, function, free)
    draft = _Draft(labels=list(labels))
    for piece in sorted(name.pieces, key=_is_above):  # p^k_{ij} and p_{ij}^k are one
        if id(piece) in marks:
            _put_mark(draft, piece, marks[id(piece)])
        elif id(piece) not in own:
            _put(draft, judged(piece, scene), scene)
    return _finished(draft, scene, keys, remember)


def _is_above(piece: Piece) -> bool:
    return layout_of(piece) == "bare" and piece.place == "^"


def _declared_labels(name: Written, form: Form) -> tuple[Piece, ...]:
    return tuple(p for p in name.pieces if not p.layer and p.slot in form.labels)


def is_function(setting: Setting, name: Written, form: Form | None) -> bool:
    """Whether the base is a function, by declaration or by its name."""
    if form is not None:
        return form.role == "function"
    return name.base.text in setting.functions


def _mark(
    facts: Facts, name: Written, piece: Piece, form: Form | None, function: bool
) -> After | None:
    setting = facts.setting
    primes = prime_order(piece)
    if primes and function:
        return Prime(primes)
    if primes:
        shaped = form is not None and form.rank in ((1, 2) if setting.plain else (2,))
        own = not setting.plain and (setting.stem(name), piece.slot) in facts.defined
        return Transpose() if shaped and primes == 1 and not own else None
    if facts.chosen.get((setting.stem(name), piece.slot)) == "label":
        return None
    if piece.text == "T" and _last_above(facts, name, piece):
        return None
    if setting.shape(piece).kind == "number" and number_above(piece, name, facts):
        return None
    return mark_of(piece, setting.steps | setting.sizes | frozenset(facts.alone))


def _last_above(facts: Facts, name: Written, piece: Piece) -> bool:
    r"""Whether `x^T` is x at the last step: steps of x stand above, and no other is there."""
    setting = facts.setting
    if "T" not in setting.steps or "bare" not in facts.timed.get(setting.stem(name), ()):
        return False
    upright = any(isinstance(i, Name) and i.style == "upright" for i in piece.body.items)
    others = (other for other in name.pieces if other is not piece and other.place in "_^")
    steps = setting.steps
    return not upright and not any(steps & set(setting.shape(p).letters) for p in others)


def _scene(
    facts: Facts,
    line: int,
    name: Written,
    form: Form | None,
    function: bool,
    free: tuple[Piece, ...],
) -> Scene:
    stem = facts.setting.stem(name)
    timed = facts.is_timed(name)
    before = Scene(facts, line, name, form, stem, None, timed, function)
    step = step_of(free, before)
    return Scene(facts, line, name, form, stem, step, timed, function)


def _layer(draft: _Draft, piece: Piece) -> _Layer:
    return draft.layers.setdefault(piece.layer, _Layer())


def _put_mark(draft: _Draft, piece: Piece, mark: After) -> None:
    layer = _layer(draft, piece)
    if isinstance(mark, (Power, Prime)):
        layer.powers.append(mark)
    elif piece.place == "|":
        layer.held.append(mark)
    else:
        layer.turns.append(mark)


def _put(draft: _Draft, script: Judged, scene: Scene) -> None:
    piece = script.piece
    match script.kind:
        case "step":
            _put_step(draft, piece, scene)
        case "below":
            draft.indices.insert(0, Sequence(items=(_step_letter(piece),)))
            draft.layout = draft.layout or layout_of(piece)
            below = below_step(piece, scene.every_step)
            _layer(draft, piece).entries.append(below or piece.body)
        case "index":
            _put_index(draft, piece, scene)
        case "glued":
            for body in _letters(piece, scene.facts.setting.plain):
                _put_letter(draft, replace(piece, body=body), scene)
        case "label":
            draft.labels.append(piece)
        case "power":
            _layer(draft, piece).powers.append(Power(piece.body))
        case "unclear":
            draft.why = draft.why or script.why


def _put_step(draft: _Draft, piece: Piece, scene: Scene) -> None:
    if piece is scene.step:
        draft.indices.insert(0, piece.body)
        draft.layout = layout_of(piece)
    elif _is_room(draft, scene) or (scene.form is None and not piece.closed):
        draft.indices.append(piece.body)
        draft.layout = draft.layout or layout_of(piece)
    else:
        _layer(draft, piece).entries.append(piece.body)


def _put_index(draft: _Draft, piece: Piece, scene: Scene) -> None:
    """An index of the name itself if it is declared with that many, else an entry.

    One index above a matrix or a scalar, `W^{(k)}`, is no entry but tells copies apart.
    """
    letters = set(scene.shape(piece).letters)
    family = (piece.wrapped and piece.place == "^") or bool(letters & scene.facts.setting.families)
    own = family if scene.form is None else _is_room(draft, scene)
    copied = family and scene.form is not None and scene.form.rank in (0, 2)
    if (own or copied) and not piece.closed and not piece.layer:
        draft.indices.append(piece.body)
        draft.layout = draft.layout or layout_of(piece)
    else:
        _layer(draft, piece).entries.append(piece.body)


def _put_letter(draft: _Draft, piece: Piece, scene: Scene) -> None:
    """One of several letters side by side: an index of the name if it has more than its step."""
    if scene.form is not None and scene.form.indices > 1 and _is_room(draft, scene):
        draft.indices.append(piece.body)
    else:
        _layer(draft, piece).entries.append(piece.body)


def _is_room(draft: _Draft, scene: Scene) -> bool:
    """Whether the declaration has another index than those that are taken, and the step."""
    if scene.form is None:
        return False
    waiting = scene.step is not None and not any(b is scene.step.body for b in draft.indices)
    return len(draft.indices) + waiting < scene.form.indices


def _step_letter(piece: Piece) -> Item:
    item = single(meaningful(piece.body)[0])
    return single(getattr(item, "base", item))


def _letters(piece: Piece, plain: bool) -> list[Sequence]:
    """The indices that stand side by side in a script: i and j of `ij`, 1 and 2 of `12`."""
    items = [single(item) for item in meaningful(piece.body)]
    if len(items) == 1 and isinstance(items[0], Number):
        return [Sequence(items=(_digit(digit),)) for digit in items[0].text]
    if plain and len(items) == 1 and not letter_of(items[0]):
        return [Sequence(items=(Name(text=letter),)) for letter in piece.text]
    return [Sequence(items=(item,)) for item in items]


def _digit(digit: str) -> Number:
    return Number(value=Fraction(digit), text=digit)


def _finished(draft: _Draft, scene: Scene, keys: Keys, remember: bool) -> Outcome:
    entries: list[Sequence] = []
    after: list[After] = []
    for _, layer in sorted(draft.layers.items()):
        after.extend(layer.turns)
        if layer.entries and not after:
            entries.extend(layer.entries)
        elif layer.entries:
            after.append(Entries(tuple(layer.entries)))
        after.extend(layer.powers + layer.held)
    own = [piece for piece in draft.labels if _is_own(piece, scene)]
    if own or scene.form is None:
        key = keys.key(scene.written, draft.labels, remember=remember)
    else:
        key = scene.form.key
    if scene.form is None and len(entries) > MOST_ENTRIES:
        draft.indices += entries
        entries = []
    read = NameRead(
        key, tuple(draft.indices), tuple(entries), tuple(after), draft.layout, draft.why
    )
    return Outcome(read, tuple(own), scene.stem)


def _is_own(piece: Piece, scene: Scene) -> bool:
    """Whether a label is one that the declaration does not have."""
    return scene.form is None or piece.layer > 0 or piece.slot not in scene.form.labels
