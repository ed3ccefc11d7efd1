r"""What a whole document says about its names, gathered once.

Order: which styles are kept apart; what is declared; which bases are timed; for each line its steps
and its indices; for each script of each base whether it is an index or a label.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from ..surface.nodes import Item, Name, Scripted, Sequence, meaningful
from .braces import single
from .forms import Form, Slot, base_of, matched
from .shape import Shape, shape_of
from .types import Layout
from .walk import Found, Occurrence
from .written import Piece, Written

INDEX_SHAPES = ("letters", "sum")
CLASSIC = frozenset("ijkl")
"""Letters of `W_{ij}`: two of them, glued, below a matrix, are its entries."""


@dataclass(frozen=True)
class Setting:
    r"""What is given: declarations and the letters of the model.

    parted: the scripts of a stem that are several indices side by side. labelled: the bases whose
    labels are timed names, with their place and the label: `\delta`, below, `s` of `\delta_{s_t}`.
    """

    forms: dict[str, tuple[Form, ...]]
    time_index: str
    steps: frozenset[str]
    families: frozenset[str]
    sizes: frozenset[str]
    functions: frozenset[str]
    apart: frozenset[str]
    plain: bool
    parted: frozenset[tuple[str, Slot]] = frozenset()
    labelled: frozenset[tuple[str, str, str]] = frozenset()
    _matched: dict[int, tuple[Written, Form | None]] = field(
        default_factory=dict, repr=False, compare=False
    )

    def base(self, written: Written) -> str:
        return base_of(written.base, self.apart)

    def form(self, written: Written) -> Form | None:
        """The declared name that is written, with the most labels."""
        known = self._matched.get(id(written))
        if known is None:
            found = matched(self.forms.get(self.base(written), ()), written.pieces)
            known = written, found  # kept, so that its id stays its own
            self._matched[id(written)] = known
        return known[1]

    def stem(self, written: Written) -> str:
        """What evidence is collected for: the declared name, else the base."""
        form = self.form(written)
        return self.base(written) if form is None else form.key

    def shape(self, piece: Piece, steps: frozenset[str] = frozenset()) -> Shape:
        if piece.shape.kind == "other" or (self.plain and piece.place == "_"):
            return shape_of(piece.body, steps, plain=self.plain and piece.place == "_")
        return piece.shape

    def free(self, written: Written) -> tuple[Piece, ...]:
        """The scripts that are no label of a declared name."""
        form = self.form(written)
        if form is None or not form.labels:
            return written.pieces
        return tuple(p for p in written.pieces if p.layer or p.slot not in form.labels)


@dataclass
class Facts:
    r"""What was found out about a document.

    timed: how the steps of a stem are written. alone: the bases that stand on a left side without
    scripts, and whether a number is what they are there. steps, indices: the letters of each line;
    entries: those that count units, and no steps. chosen: for a script of a base, `index` or
    `label`. slots: places of a base in which letters are indices. defined: the slots that stand on
    left sides, of each base. known: the letters that are names. everywhere: the letters that are
    indices in some line, and neither names nor sizes. below: whether entries are written below a
    step, `y_{t_k}`. unraised: the stems of left sides without a number above them. copies: whether
    `u_1` stands for a number u that is a parameter.
    """

    setting: Setting
    timed: dict[str, set[Layout]] = field(default_factory=lambda: defaultdict(set))
    alone: dict[str, bool] = field(default_factory=dict)
    steps: list[frozenset[str]] = field(default_factory=list)
    entries: list[frozenset[str]] = field(default_factory=list)
    indices: list[frozenset[str]] = field(default_factory=list)
    chosen: dict[tuple[str, Slot], str] = field(default_factory=dict)
    slots: set[tuple[str, str, str]] = field(default_factory=set)
    defined: set[tuple[str, Slot]] = field(default_factory=set)
    known: set[str] = field(default_factory=set)
    everywhere: frozenset[str] = frozenset()
    below: bool = False
    unraised: set[str] = field(default_factory=set)
    copies: bool = False

    def is_timed(self, written: Written) -> bool:
        """Whether a name has a step by declaration or by how it is written somewhere."""
        form = self.setting.form(written)
        if form is None:
            return bool(self.timed.get(self.setting.base(written)))
        return form.indices > 0 or bool(self.timed.get(form.key))

    def layouts(self, written: Written) -> set[Layout]:
        """How the steps of a name are written, in the document or else in the model."""
        found = self.timed.get(self.setting.stem(written)) or set()
        form = self.setting.form(written)
        if found or form is None:
            return found
        return {one.layout for one in form.declared if one.layout and one.layout != "sub"}

    def rank(self, written: Written) -> int | None:
        """The rank of a name, as far as names are concerned: a number on its own is a scalar."""
        form = self.setting.form(written)
        if form is not None:
            return form.rank
        return 0 if self.alone.get(self.setting.base(written)) else None

    def is_whole(self, written: Written) -> bool:
        """Whether the name without any index is a quantity of its own, declared or defined."""
        form = self.setting.form(written)
        return form is not None or self.setting.base(written) in self.alone


LAYOUTS: dict[str, Layout] = {"(": "paren", "[": "bracket", r"\langle": "angle"}


def layout_of(piece: Piece) -> Layout:
    """How an index in this script is written."""
    if piece.place == "(":
        return "call" if piece.wrapped == "(" else "bracket"
    if piece.wrapped:
        return LAYOUTS.get(piece.wrapped, "paren")
    return "sub" if piece.place == "_" else "bare"


def is_step(shape: Shape, steps: frozenset[str]) -> bool:
    """Whether a script of this shape speaks of a step."""
    if shape.kind not in INDEX_SHAPES or shape.glued:
        return False
    return any(letter in steps or root_letter(letter) in steps for letter in shape.letters)


def root_letter(letter: str) -> str:
    """A letter without its primes or star: `t` of `t'`."""
    return letter.split("'")[0].split("^")[0]


def literal_times(facts: Facts, found: Iterable[Found]) -> None:
    """Which bases have a step in them that is the time index or the last step."""
    setting = facts.setting
    for occurrence in (symbol for one in found for symbol in one.symbols):
        written = occurrence.written
        for piece in _index_places(occurrence, setting):
            shape = setting.shape(piece)
            if not is_step(shape, setting.steps) or shape.upright:
                continue
            if layout_of(piece) != "bare" or _steps_stand_above(facts, occurrence):
                facts.timed[setting.stem(written)].add(layout_of(piece))


def written_out_times(facts: Facts, found: Iterable[Found]) -> None:
    """Which bases have literal steps: z of `z_3 = V s_3`, since s is timed and has that step."""
    for one in found:
        read = [symbol for symbol in one.symbols if symbol.root and facts.is_timed(symbol.written)]
        steps = {p.text for symbol in read for p in _numbers(symbol)}
        for occurrence in one.symbols:
            own = _numbers(occurrence) if occurrence.whole else ()
            if len(own) == 1 and own[0].text in steps:
                facts.timed[facts.setting.stem(occurrence.written)].add(layout_of(own[0]))


def _numbers(occurrence: Occurrence) -> tuple[Piece, ...]:
    """The one number that is the only script of a symbol, or none."""
    pieces = occurrence.written.pieces
    sole = len(pieces) == 1 and layout_of(pieces[0]) == "sub" and pieces[0].text.isdigit()
    return pieces if sole else ()


def _index_places(occurrence: Occurrence, setting: Setting) -> tuple[Piece, ...]:
    free = tuple(piece for piece in setting.free(occurrence.written) if not piece.closed)
    called = occurrence.call if len(occurrence.call) == 1 and occurrence.whole else ()
    return free + called


def _steps_stand_above(facts: Facts, occurrence: Occurrence) -> bool:
    r"""Whether `x^t` is x at step t: x is declared timed, or `x^t` stands on a left side."""
    form = facts.setting.form(occurrence.written)
    below = [p for p in facts.setting.free(occurrence.written) if p.place == "_"]
    if any(is_step(facts.setting.shape(p), facts.setting.steps) for p in below):
        return False
    transposed = [p for p in occurrence.written.pieces if p.text in ("T", "H")]
    if transposed:
        return False
    if form is not None:
        return form.indices > 0
    return occurrence.whole and facts.setting.base(occurrence.written) not in facts.alone


def below_step(piece: Piece, steps: frozenset[str]) -> Sequence | None:
    r"""The script k of `y_{t_k}`, if a script is the letter of a step with one."""
    items: tuple[Item, ...] = tuple(single(item) for item in meaningful(piece.body))
    if len(items) != 1 or not isinstance(items[0], Scripted):
        return None
    base = single(items[0].base)
    scripts = items[0].scripts
    if not isinstance(base, Name) or base.text not in steps or len(scripts) != 1:
        return None
    return scripts[0].body if scripts[0].place == "_" else None
