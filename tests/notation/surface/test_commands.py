"""The tables say each thing once, and their canonical spellings are spellings."""

from __future__ import annotations

from itertools import combinations

import pytest

from symbolic_bptt.notation.surface import commands
from symbolic_bptt.notation.surface.parser import LANGUAGE
from tests.notation.surface.reading import spelled

TABLES = {
    "symbols": commands.SYMBOLS,
    "other symbols": set(commands.SYMBOL_SPELLINGS),
    "operators": set(commands.OPERATORS),
    "relations": set(commands.RELATIONS),
    "separators": set(commands.SEPARATORS),
    "dots": set(commands.DOTS),
    "big": commands.BIG,
    "ignored": commands.IGNORED,
    "ignored with arguments": set(commands.IGNORED_ARGUMENTS),
}


@pytest.mark.parametrize(("one", "other"), list(combinations(TABLES, 2)))
def test_no_command_is_in_two_tables(one: str, other: str) -> None:
    assert not set(TABLES[one]) & set(TABLES[other])


def test_no_command_is_a_leaf_and_reads_on() -> None:
    assert not set(LANGUAGE.leaves) & set(LANGUAGE.handlers)


@pytest.mark.parametrize(
    "table", [commands.OPERATORS, commands.RELATIONS, commands.SEPARATORS, commands.DOTS]
)
def test_canonical_signs_are_read_as_themselves(table: dict[str, str]) -> None:
    for written, canonical in table.items():
        if written != "mod" and canonical not in ("|", ":="):
            assert spelled(f"a {canonical} b") == spelled(f"a {written} b")
