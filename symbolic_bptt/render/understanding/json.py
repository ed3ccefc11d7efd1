"""How files were understood, as JSON: `bptt schema read` describes it."""

from __future__ import annotations

import json
from dataclasses import asdict

from ...checking.understanding import (
    FileUnderstood,
    Link,
    Named,
    NotUnderstood,
    Understanding,
    Understood,
)
from ...core.types import Type, shown
from ...notation.elaboration.choices import Choice
from ...notation.printer import latex, text
from ...notation.tree import Expr
from .words import notes

SCHEMA = 1


def as_json(understanding: Understanding) -> str:
    """`bptt read --format json`."""
    content = {
        "schema": SCHEMA,
        "model": understanding.model,
        "files": [_file(file) for file in understanding.files],
        "displays": asdict(understanding.displays),
    }
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"


def _file(file: FileUnderstood) -> dict[str, object]:
    return {
        "file": file.name,
        "statements": [_statement(one) for one in file.statements],
        "unread": [_unread(one) for one in file.unread],
        "names": [_named(one) for one in file.names],
        "notes": list(notes(file)),
        "displays": asdict(file.displays),
    }


def _statement(one: Understood) -> dict[str, object]:
    return {
        "source": one.source,
        "line": one.line,
        "column": one.column,
        "span": list(one.span),
        "written": one.written,
        "kind": one.kind,
        "links": [_link(link) for link in one.links],
    }


def _link(link: Link) -> dict[str, object]:
    left, right = link.said.operands
    return {
        "link": link.number,
        "latex": latex(link.said),
        "text": text(link.said),
        "left": _side(left, link.left),
        "right": _side(right, link.right),
        "for_all": dict(link.letters),
        "choices": [_choice(one) for one in link.choices],
    }


def _side(side: Expr, kind: Type) -> dict[str, str]:
    return {"latex": latex(side), "text": text(side), "shape": shown(kind)}


def _choice(one: Choice) -> dict[str, object]:
    told = {"kind": one.kind, "read": one.read, "text": one.text}
    return {**told, "alternatives": list(one.alternatives), "forced": not one.alternatives}


def _unread(one: NotUnderstood) -> dict[str, object]:
    return {
        "source": one.source,
        "line": one.line,
        "column": one.column,
        "text": one.text,
        "why": one.why,
        "hint": one.hint,
        "kind": "ill-shaped" if one.kind == "shape" else one.kind,
    }


def _named(one: Named) -> dict[str, object]:
    return {
        "latex": latex(one.symbol),
        "text": text(one.symbol),
        "key": one.key,
        "indices": one.slots,
        "written": list(one.written),
        "shape": shown(one.type) if one.type is not None else None,
        "kind": one.kind,
        "of_the_model": one.of_the_model,
        "source": one.source,
        "line": one.born,
    }
