"""Regions tile a text."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from symbolic_bptt.notation.files import Region, tiled


@given(st.lists(st.integers(0, 30), max_size=12).map(sorted))
def test_the_gaps_are_prose(places: list[int]) -> None:
    ends = zip(places[::2], places[1::2], strict=False)
    regions = [Region.of("code", start, end) for start, end in ends]
    tiles = tiled(30, reversed(regions))
    assert [tile.start for tile in tiles] == [0, *(tile.end for tile in tiles)][: len(tiles)]
    assert tiles[-1].end == 30
    assert [tile for tile in tiles if tile.kind == "code"] == [
        r for r in regions if r.end > r.start
    ]


def test_stretches_leave_out_what_is_skipped() -> None:
    region = Region("display", 0, 20, 2, 18, "", ((2, 4), (8, 10), (17, 18)))
    assert region.stretches == ((4, 8), (10, 17))
