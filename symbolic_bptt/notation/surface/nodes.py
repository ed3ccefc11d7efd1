r"""The surface: what stands there, as a tree, with nothing decided and nothing lost.

A node keeps its `parts`, the tokens and nodes it is made of, in the order written: the tokens of a
whole tree, in order, are the tokens of the text. Its other fields point at the parts that matter.
What a script is, what a product means, where a sum ends is decided by no node of this floor.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property, wraps
from typing import Literal, TypeAlias, TypeVar, Union

from ..tokens.token import Token

Part: TypeAlias = "Token | Item"


@dataclass(frozen=True, kw_only=True)
class Node:
    """What every node has. Two nodes are equal if they are the same mathematics as written."""

    parts: tuple[Part, ...] = field(default=(), compare=False, repr=False)

    @cached_property
    def start(self) -> int:
        """Where it begins in the source."""
        return next((token.start for token in leaves(self) if not token.is_blank), 0)

    @cached_property
    def end(self) -> int:
        """Where it ends in the source."""
        found = 0
        pending: list[Part] = list(self.parts)
        while pending:
            part = pending.pop()
            if isinstance(part, Token):
                found = found if part.is_blank else max(found, part.end)
            elif (known := vars(part).get("end")) is not None:
                found = max(found, known)
            else:
                pending.extend(part.parts)
        return found


@dataclass(frozen=True)
class Number(Node):
    """A decimal literal, kept exactly; `text` as written (`0.50`)."""

    value: Fraction
    text: str


Style = Literal["", "bold", "upright"]


@dataclass(frozen=True)
class Name(Node):
    r"""One written base: `s`, `\delta`, `\hat y`, `\mathcal{L}`, `\operatorname{net}`, `tanh`.

    text: canonical LaTeX without weight and slant, which are `style`: `\mathbf x` is `x`, bold;
        `\mathrm{net}` and `\text{net}` are `\mathrm{net}`, upright; a single upright letter is that
        letter, upright; `\mathrm{d3}` is `\mathrm{d3}`. Accents are canonical: `\widehat{y}` is
        `\hat y`; `\mathcal`, `\mathbb`, `\mathfrak` stay. A known operator name (`\tanh`,
        `\operatorname{softmax}`, plain `softmax`) is `\tanh`, `\operatorname{softmax}`: whether it
        is a function is not decided here.
    """

    text: str
    style: Style = ""


@dataclass(frozen=True)
class Words(Node):
    r"""Text in a formula, `\text{for all }`, with single spaces inside and none at its ends."""

    text: str


@dataclass(frozen=True)
class Operator(Node):
    r"""A sign between or before operands.

    sign: `+`, `-`, `\pm`, `\mp`, `*` (also `\ast`, `\times`), `\cdot`, `\odot` (also `\circ`,
        `.*`), `\otimes`, `/` (also `\div`), `\oslash` (also `./`), `@`, `!`, `\partial`, `\nabla`,
        `\Delta` is a Name. `d` is a Name.
    """

    sign: str


@dataclass(frozen=True)
class Relation(Node):
    r"""A sign that claims something between what stands on both its sides.

    sign: `=`, `:=`, `\equiv`, `<`, `\le`, `>`, `\ge`, `\ne`, `+=`, `-=`, `\leftarrow`,
        `\approx`, `\propto`, `\sim`, `\simeq`, `\cong`, `\doteq`, `\to`, `\mapsto`, `\in`,
        `\subset`, `\Rightarrow`, `\Leftrightarrow`, `\gg`, `\ll`, …: canonical, never dropped.
    label: what stands over or under it, `(a)` of `\overset{(a)}{=}`.
    """

    sign: str
    label: Sequence | None = None


@dataclass(frozen=True)
class Separator(Node):
    r"""What may part formulas: `,`, `;`, `:`, `.`, `\quad`, `\qquad`, `&`, `\\`, `\forall`."""

    mark: str


@dataclass(frozen=True)
class Dots(Node):
    r"""`\dots`, `\cdots`, `\vdots`, `\ddots`, `...`, `…`."""

    sign: str


@dataclass(frozen=True)
class Sequence(Node):
    """Items side by side, in the order written."""

    items: tuple[Item, ...] = ()

    @cached_property
    def meaningful(self) -> tuple[Item, ...]:
        """The items that mean something."""
        return tuple([item for item in self.items if not isinstance(item, Ignored)])


@dataclass(frozen=True)
class Group(Node):
    r"""Something in brackets.

    opening, closing: `(`, `[`, `\{`, `|`, `\|`, `\langle`, `\lfloor`, `\lceil` and their partners;
        `{` and `}` for braces that only group; `.` for the missing half of `\left. … \right|`.
        Half-open pairs such as `[0, 1)` are kept as written.
    """

    opening: str
    body: Sequence
    closing: str


@dataclass(frozen=True)
class Quotient(Node):
    r"""`\frac{top}{bottom}`, `{top \over bottom}`. A slash is an `Operator`."""

    top: Sequence
    bottom: Sequence


@dataclass(frozen=True)
class Root(Node):
    r"""`\sqrt[degree]{radicand}`."""

    radicand: Sequence
    degree: Sequence | None = None


ScriptPlace = Literal["_", "^", "'", "|"]


@dataclass(frozen=True)
class Script(Node):
    r"""One script: `_{…}`, `^{…}`, a run of primes (body empty, `primes` counts), or `|_{…}`.

    wrapped: the bracket that encloses the whole body, `(` of `h^{(t)}`, `\langle`, `[`; else "".
        The body is then what stands inside. Braces do not count.
    """

    place: ScriptPlace
    body: Sequence
    wrapped: str = ""
    primes: int = 0


@dataclass(frozen=True)
class Scripted(Node):
    r"""A base with its scripts, in the order written: `h_t^{(l)}`, `\sum_{t=1}^T`, `(W s)_i`.

    A base may itself be `Scripted` where braces part them: `{W^T}_{ij}`.
    """

    base: Item
    scripts: tuple[Script, ...]


@dataclass(frozen=True)
class Big(Node):
    r"""The sign of an operator over a range, `\sum`, `\prod`, `\int`, `\lim`, `\bigcup`; its limits
    are scripts around it. `\max`, `\min` are names.
    """

    sign: str


@dataclass(frozen=True)
class Array(Node):
    r"""Rows of cells: a matrix, `cases`, `array`, or an aligned block.

    environment: without a star: `bmatrix`, `pmatrix`, `matrix`, `cases`, `array`, `aligned`,
        `split`, `align`, `gather`, … ; `columns` is the argument of `array`.
    """

    environment: str
    rows: tuple[tuple[Sequence, ...], ...]
    columns: str = ""


@dataclass(frozen=True)
class Decoration(Node):
    r"""Something whose content counts: `\boxed`, `\underbrace{…}_{label}`, `\overbrace`, `\color`,
    `\textcolor`, `\bbox`, `\cancel`, `\overline`, `\underline`, `\mathstrut`-like wrappers.

    `label` is what is said about it, if something is. Struck-out content (`\cancel`, `\sout`,
    `\xcancel`) has the kind as written: it does not count as mathematics.
    """

    kind: str
    body: Sequence
    label: Sequence | None = None


@dataclass(frozen=True)
class Unknown(Node):
    r"""A command that no table knows, or a sign without a meaning here, kept as it stands."""

    text: str


@dataclass(frozen=True)
class Ignored(Node):
    r"""Spacing and remarks that mean nothing: `\,`, `\;`, `\!`, `\label{…}`, `\nonumber`,
    `\displaystyle`, `\limits`. From a closed list.
    """

    text: str


Item: TypeAlias = Union[  # noqa: UP007  (an alias that refers to itself)
    Number,
    Name,
    Words,
    Operator,
    Relation,
    Separator,
    Dots,
    Sequence,
    Group,
    Quotient,
    Root,
    Script,
    Scripted,
    Big,
    Array,
    Decoration,
    Unknown,
    Ignored,
]


def leaves(node: Node) -> Iterator[Token]:
    """The tokens that a tree is made of, in the order written."""
    pending: list[Part | Node] = [node]
    while pending:
        part = pending.pop()
        if isinstance(part, Token):
            yield part
        else:
            pending.extend(reversed(part.parts))


Result = TypeVar("Result")


def of_node(function: Callable[[Item], Result]) -> Callable[[Item], Result]:
    """The function of a node, worked out once for each node and kept with it."""
    slot = f"{function.__module__}.{function.__qualname__}"

    @wraps(function)
    def known(item: Item) -> Result:
        kept = vars(item)
        if slot not in kept:
            kept[slot] = function(item)
        result: Result = kept[slot]
        return result

    return known


def meaningful(sequence: Sequence) -> tuple[Item, ...]:
    """The items that mean something."""
    return sequence.meaningful
