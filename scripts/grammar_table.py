"""Writes symbolic_bptt/notation/grammar.json, the finished table of grammar.lark.

python scripts/grammar_table.py
"""

from __future__ import annotations

from pathlib import Path

from symbolic_bptt.notation.grammar import table

TARGET = Path(__file__).parent.parent / "symbolic_bptt" / "notation" / "grammar.json"

if __name__ == "__main__":
    TARGET.write_text(table(), "utf-8")
    print(f"wrote {TARGET}")
