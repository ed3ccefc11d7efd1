"""Regions: a file cut into stretches, each with what it is; joined they are the file again."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

RegionKind = Literal[
    "display", "inline", "code", "prose", "comment", "withdrawn", "macro"
]  # fmt: skip
"""What a stretch is. `withdrawn` is text that its author took back: struck out, `\\iffalse`, behind
`\\end{document}`; `macro` is the definition of a command."""

Stretch = tuple[int, int]
"""Half-open offsets in a text."""


@dataclass(frozen=True, slots=True)
class Region:
    """One stretch of a text.

    start, end: half-open offsets in the text; the regions of a text tile it.
    inner_start, inner_end: the same without delimiters (`$`, `\\begin{align}`, a fence); what is
        no mathematics has no delimiters.
    environment: the name of the environment around mathematics, without its star, or "".
    skipped: stretches inside the inner part that do not belong to it, in order: the marks of a
        quotation at the line starts, a numbering, a definition, `\\iffalse … \\fi`.
    """

    kind: RegionKind
    start: int
    end: int
    inner_start: int
    inner_end: int
    environment: str = ""
    skipped: tuple[Stretch, ...] = ()

    @classmethod
    def of(cls, kind: RegionKind, start: int, end: int) -> Region:
        """A region without delimiters."""
        return cls(kind, start, end, start, end)

    @property
    def is_mathematics(self) -> bool:
        """Whether formulas stand in it."""
        return self.kind in ("display", "inline")

    @property
    def stretches(self) -> tuple[Stretch, ...]:
        """The inner part without what is skipped, in order."""
        ends = [self.inner_start, *(end for _, end in self.skipped)]
        starts = [*(start for start, _ in self.skipped), self.inner_end]
        return tuple((start, end) for start, end in zip(ends, starts, strict=True) if start < end)


def tiled(length: int, regions: Iterable[Region]) -> tuple[Region, ...]:
    """The regions in order, with prose wherever there is none. They must not overlap."""
    tiles: list[Region] = []
    position = 0
    for region in sorted(regions, key=lambda region: region.start):
        if region.start > position:
            tiles.append(Region.of("prose", position, region.start))
        if region.end > region.start:
            tiles.append(region)
        position = max(position, region.end)
    if position < length:
        tiles.append(Region.of("prose", position, length))
    return tuple(tiles)
