"""Zip archives of strangers: read in memory, within bounds, never extracted to the disk."""

from __future__ import annotations

import io
import stat
import zipfile
import zlib
from pathlib import PurePosixPath

from .submission import MAX_FILE, Part, SubmissionError

MAX_ENTRIES = 20_000
MAX_TOTAL = 400_000_000
MAX_RATIO = 200
"""A file that is blown up more than so many times, and beyond `SMALL`, is a bomb."""
SMALL = 100_000
CLUTTER = ("__MACOSX", ".DS_Store", "Thumbs.db")
ARCHIVES = (".zip", ".tar", ".gz", ".tgz", ".7z", ".rar", ".xz", ".bz2")


def read_archive(content: bytes, name: str) -> list[Part]:
    """The files of a zip. Raises `SubmissionError` for one that escapes its folder or explodes."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
            _check_sizes(entries, name)
            wanted = [entry for entry in entries if not entry.is_dir() and not _clutter(entry)]
            names = [_safe_name(entry, name) for entry in wanted]
            if len({one.casefold() for one in names}) < len(names):
                raise SubmissionError(f"{name}: two files in it have one name")
            return [
                Part(safe, _read(archive, entry, name))
                for safe, entry in zip(names, wanted, strict=True)
            ]
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
        raise SubmissionError(f"{name}: this zip cannot be read ({error})") from None


def _check_sizes(entries: list[zipfile.ZipInfo], name: str) -> None:
    if len(entries) > MAX_ENTRIES:
        raise SubmissionError(f"{name}: more than {MAX_ENTRIES} entries; refused")
    if sum(entry.file_size for entry in entries) > MAX_TOTAL:
        raise SubmissionError(f"{name}: more than {MAX_TOTAL} bytes when unpacked; refused")
    for entry in entries:
        if entry.file_size > max(SMALL, MAX_RATIO * entry.compress_size):
            raise SubmissionError(f"{name}: {entry.filename!r} is a compression bomb; refused")


def _safe_name(entry: zipfile.ZipInfo, name: str) -> str:
    written = entry.filename
    parts = PurePosixPath(written).parts
    outside = written.startswith("/") or ".." in parts or "\\" in written or ":" in parts[0]
    if outside or "\x00" in written:
        raise SubmissionError(f"{name}: {written!r} points outside the archive; refused")
    if stat.S_ISLNK(entry.external_attr >> 16):
        raise SubmissionError(f"{name}: {written!r} is a symbolic link; refused")
    if entry.flag_bits & 1:
        raise SubmissionError(f"{name}: {written!r} is encrypted; hand in without a password")
    return str(PurePosixPath(written))


def _read(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, name: str) -> bytes:
    """The content, no more than it was said to be: the directory of a bomb may lie."""
    with archive.open(entry) as file:
        content = file.read(min(entry.file_size, MAX_FILE) + 1)
    if len(content) > entry.file_size:
        raise SubmissionError(f"{name}: {entry.filename!r} is larger than it says; refused")
    return content


def _clutter(entry: zipfile.ZipInfo) -> bool:
    parts = PurePosixPath(entry.filename).parts
    return any(part in CLUTTER or part.startswith("._") for part in parts)
