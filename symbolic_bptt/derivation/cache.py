"""Local Jacobians kept in the user's cache folder, so that a warm start needs no SymPy.

A file belongs to one content of a model and one version of this package and of SymPy. What is in it
is not believed: a file that is missing, too long or no regular file of the user counts as empty,
and each block is tested against its equation before it is used (`tested`); one that fails is
derived anew. So a verdict does not depend on what the folder holds.
"""

from __future__ import annotations

import json
import os
import stat
import tempfile
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from ..model.model import Model
from .block import block_to_json
from .prepared import StoredBlocks

FORMAT = 2
"""Raised whenever the meaning of a stored block changes."""

FOLDER_VARIABLE = "SYMBOLIC_BPTT_CACHE"
"""Environment variable that names another folder; empty to keep nothing."""

LARGEST_FILE = 4_000_000


def load_blocks(model: Model) -> StoredBlocks:
    """What is stored for this very model, to be tested when it is asked for. Never raises."""
    path = _path(model)
    try:
        stored = json.loads(_read(path)) if path is not None else {}
    except (OSError, ValueError, RecursionError, MemoryError):
        stored = {}
    return StoredBlocks(stored if isinstance(stored, dict) else {})


def save_blocks(model: Model, blocks: StoredBlocks) -> None:
    """Store the blocks of the model's own equations, if there are new ones. Never raises."""
    path = _path(model)
    if path is None or not blocks.renewed:
        return
    own = {name: block_to_json(block) for name, block in blocks.items() if _is_own(name, model)}
    try:
        text = json.dumps({**blocks.stored, **own}, separators=(",", ":"), sort_keys=True)
        if len(text) > LARGEST_FILE:
            return
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(
            "w", encoding="utf-8", dir=path.parent, suffix=".part", delete=False
        ) as file:
            file.write(text)
        try:
            Path(file.name).replace(path)
        finally:
            Path(file.name).unlink(missing_ok=True)
    except (OSError, RecursionError, MemoryError):
        return


def _read(path: Path) -> bytes:
    """The bytes of a regular file of this user. Raises `OSError`, also for any other file."""
    flags = ("O_NOFOLLOW", "O_NONBLOCK", "O_CLOEXEC", "O_BINARY")
    descriptor = os.open(path, os.O_RDONLY | sum(getattr(os, flag, 0) for flag in flags))
    with os.fdopen(descriptor, "rb") as file:
        status = os.fstat(descriptor)
        owner = getattr(os, "geteuid", lambda: status.st_uid)()
        if not stat.S_ISREG(status.st_mode) or status.st_uid != owner:
            raise OSError(f"{path} is no file of this user")
        content = file.read(LARGEST_FILE + 1)
    if len(content) > LARGEST_FILE:
        raise OSError(f"{path} is longer than {LARGEST_FILE} bytes")
    return content


def _is_own(signature: str, model: Model) -> bool:
    """Whether a block is of an equation of the model, not of an expression beside it."""
    return int(signature[1 : signature.index(",")]) < len(model.equations)


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
