"""Prepared local Jacobians kept in the user's cache folder, so that a warm start needs no SymPy.

A file belongs to one content of a model and one version of this package and of SymPy. It is JSON
with a checksum, and every block is validated when it is read; a file that is missing, old or
damaged counts as empty. Nothing read from it can do more than arithmetic.
"""

from __future__ import annotations

import json
import os
import tempfile
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from ..model.model import Model
from .prepared import Block, Blocks, block_from_json, block_to_json

FORMAT = 1
"""Raised whenever the meaning of a stored block changes."""

FOLDER_VARIABLE = "SYMBOLIC_BPTT_CACHE"
"""Environment variable that names another folder; empty to keep nothing."""

LARGEST_FILE = 8_000_000


def load_blocks(model: Model) -> dict[str, Block]:
    """The blocks stored for this very model, or none. Never raises."""
    path = _path(model)
    try:
        if path is None or path.stat().st_size > LARGEST_FILE:
            return {}
        stored = json.loads(path.read_text("utf-8"))
        if stored["checksum"] != _checksum(stored["blocks"]):
            return {}
        return {name: block_from_json(block) for name, block in stored["blocks"].items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return {}


def save_blocks(model: Model, blocks: Blocks) -> None:
    """Store the blocks of the model's own equations, whole or not at all. Never raises."""
    path = _path(model)
    if path is None:
        return
    own = {
        name: block_to_json(block)
        for name, block in sorted(blocks.items())
        if _equation_index(name) < len(model.equations)
    }
    text = json.dumps({"checksum": _checksum(own), "blocks": own}, separators=(",", ":"))
    if len(text) > LARGEST_FILE:
        return
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(
            "w", encoding="utf-8", dir=path.parent, suffix=".part", delete=False
        ) as file:
            file.write(text)
        Path(file.name).replace(path)
    except OSError:
        return


def _equation_index(signature: str) -> int:
    return int(signature[1 : signature.index(",")])


def _checksum(blocks: object) -> str:
    return sha256(json.dumps(blocks, separators=(",", ":")).encode()).hexdigest()


def _path(model: Model) -> Path | None:
    folder = os.environ.get(FOLDER_VARIABLE)
    if folder == "":
        return None
    if folder is None:
        from platformdirs import user_cache_dir

        folder = user_cache_dir("symbolic_bptt")
    content = repr((FORMAT, _versions(), model.equations, sorted(model.declarations.items())))
    return Path(folder) / f"{sha256(content.encode()).hexdigest()[:40]}.json"


def _versions() -> tuple[str, ...]:
    found = []
    for package in ("symbolic-bptt", "sympy"):
        try:
            found.append(version(package))
        except PackageNotFoundError:
            found.append("")
    return tuple(found)
