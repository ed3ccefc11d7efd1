"""The norm of each contribution to a gradient against the number of steps it passes through.

Needs matplotlib (the extra `plot`). The same data give the same bytes.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from ..derivation.paths import Contribution
from ..notation.printer.latex import latex
from ..notation.tree import Symbol

PlotFormat = Literal["svg", "png"]

_MARKERS = "osD^vP*Xhd"
_LINES = ("-", "--", "-.", ":")


class PlotError(ValueError):
    """A picture that cannot be drawn; says what is missing."""


@dataclass(frozen=True)
class Series:
    """The contributions at one choice of weights; `label` tells it from the others."""

    label: str
    contributions: tuple[Contribution, ...]


def plot(series: Sequence[Series], title: str, format: PlotFormat = "svg") -> bytes:  # noqa: A002
    """A file of that format: log-scaled norms, a point for each pair, a line through the medians.

    Raises `PlotError` without matplotlib, or if nothing passes from one step to another.
    """
    pyplot_figure, settings = _matplotlib()
    with settings({"svg.hashsalt": "symbolic_bptt", "svg.fonttype": "path"}):
        figure = pyplot_figure(figsize=(8.0, 4.6), layout="constrained")
        axes = figure.add_subplot()
        drawn = [_draw(axes, one, place) for place, one in enumerate(series)]
        if not any(drawn):
            raise PlotError("no gradient passes from one step to another here")
        axes.set_yscale("log")
        axes.xaxis.get_major_locator().set_params(integer=True)
        axes.set_xlabel("steps between the loss term and the use of the parameter")
        axes.set_ylabel("norm of the contribution")
        axes.set_title(_plain(title), fontsize=11)
        axes.grid(visible=True, which="major", alpha=0.3)
        axes.legend(fontsize=9, loc="center left", bbox_to_anchor=(1.0, 0.5))
        file = io.BytesIO()
        metadata = {"Date": None} if format == "svg" else {"Software": None}
        figure.savefig(file, format=format, dpi=150, metadata=metadata)
    return file.getvalue()


def medians(contributions: Sequence[Contribution], parameter: str) -> dict[int, float]:
    """For each length the median of the norms; zeros, which no log scale shows, left out."""
    norms: dict[int, list[float]] = {}
    for one in contributions:
        if one.parameter == parameter and one.norm > 0:
            norms.setdefault(one.length, []).append(one.norm)
    return {length: _median(sorted(norms[length])) for length in sorted(norms)}


def _draw(axes: Any, one: Series, place: int) -> bool:
    """Whether there was anything to draw."""
    names = list(dict.fromkeys(c.parameter for c in one.contributions if c.length and c.norm > 0))
    for position, name in enumerate(names):
        points = [c for c in one.contributions if c.parameter == name and c.norm > 0]
        colour = f"C{(position + place * len(names)) % 10}"
        marker = _MARKERS[position % len(_MARKERS)]
        axes.plot(
            [c.length for c in points], [c.norm for c in points], marker, color=colour,
            alpha=0.18, markersize=4, markeredgewidth=0,
        )  # fmt: skip
        line = medians(one.contributions, name)
        label = ", ".join(filter(None, (f"${latex(Symbol(name))}$", one.label)))
        axes.plot(
            list(line), list(line.values()), _LINES[place % len(_LINES)], color=colour,
            marker=marker, markersize=4, label=label,
        )  # fmt: skip
    return bool(names)


def _median(ordered: list[float]) -> float:
    middle = len(ordered) // 2
    return ordered[middle] if len(ordered) % 2 else (ordered[middle - 1] + ordered[middle]) / 2


def _plain(title: str) -> str:
    """Without what would begin a formula."""
    return title.replace("$", r"\$")


def _matplotlib() -> tuple[Any, Any]:
    try:
        from matplotlib import rc_context
        from matplotlib.figure import Figure
    except ImportError:
        raise PlotError("drawing needs matplotlib: pip install 'symbolic_bptt[plot]'") from None
    return Figure, rc_context
