r"""The key of a name: canonical LaTeX of its base and labels, one for each name.

Two names have one key exactly if they are equal up to: spacing, braces, the order of sub- and
superscript, the spelling of an accent, weight and slant (unless the document has both as two
things), where among the scripts an index stands, and `[l],(i)` for `[l](i)`.
"""

from __future__ import annotations

from collections.abc import Sequence as Listing
from dataclasses import dataclass, field

from ..surface.nodes import Name, meaningful
from .braces import single
from .spelling import CLOSING, joined, name_text, spelling
from .written import Piece, Written

Identity = tuple[str, tuple[tuple[str, str, str], ...]]


@dataclass
class Keys:
    """The keys given so far; the first spelling of a name is the one that is shown."""

    apart: frozenset[str]
    split: frozenset[tuple[str, str, str, str]] = frozenset()
    given: dict[Identity, str] = field(default_factory=dict)

    def key(self, written: Written, labels: Listing[Piece], *, remember: bool = False) -> str:
        """The key of a base with these labels."""
        identity = self.identity(written, labels)
        found = self.given.get(identity)
        if found is None:
            found = self._shown(written, labels)
            if remember:
                self.given[identity] = found
        return found

    def identity(self, written: Written, labels: Listing[Piece]) -> Identity:
        """What makes two names one."""
        exact = written.base.text in self.apart
        base = name_text(written.base, "exact" if exact else "plain")
        ordered = sorted(labels, key=lambda piece: ORDER[piece.place])
        return base, tuple((p.place, p.wrapped, self._text(base, p)) for p in ordered)

    def _text(self, base: str, piece: Piece) -> str:
        if (base, *piece.slot) in self.split:
            return spelling(piece.body, "exact")
        return piece.text

    def _shown(self, written: Written, labels: Listing[Piece]) -> str:
        exact = written.base.text in self.apart
        base = name_text(written.base, "exact" if exact else "plain")
        primes = "".join(piece.text for piece in labels if piece.place == "'")
        low = self._script(base, "_", labels)
        high = self._script(base, "^", labels)
        return f"{base}{primes}{high}{low}" if primes else f"{base}{low}{high}"

    def _script(self, base: str, place: str, labels: Listing[Piece]) -> str:
        texts = [
            joined([p.wrapped, self._label(base, p), CLOSING.get(p.wrapped, "")])
            for p in labels
            if p.place == place
        ]
        return f"{place}{{{','.join(texts)}}}" if texts else ""

    def _label(self, base: str, piece: Piece) -> str:
        if (base, *piece.slot) in self.split or _is_upright_letter(piece):
            return spelling(piece.body, "exact")
        return spelling(piece.body)


ORDER = {"'": 0, "_": 1, "^": 2, "(": 3, "|": 4}


def _is_upright_letter(piece: Piece) -> bool:
    r"""One upright letter is a label because it is upright, and so keeps that: `h_{\mathrm{i}}`."""
    items = [single(item) for item in meaningful(piece.body)]
    return len(items) == 1 and isinstance(items[0], Name) and items[0].style == "upright"
