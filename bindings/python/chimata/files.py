"""Files that are whole or absent, whatever happens while they are written."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable
from pathlib import Path


def write_whole(path: Path, content: bytes) -> None:
    """Writes beside `path`, syncs, then renames: a crash leaves the old file or the new one."""
    beside = path.with_name(f".{path.name}.{os.getpid()}.part")
    with beside.open("wb") as out:
        out.write(content)
        out.flush()
        os.fsync(out.fileno())
    beside.replace(path)


def folder_digest(folder: Path) -> str:
    """Hex digest over names, sizes and modification times of a folder's files."""
    state = hashlib.blake2b(digest_size=16)
    for path in sorted(p for p in folder.rglob("*") if p.is_file()):
        about = path.stat()
        state.update(f"{path.relative_to(folder)}|{about.st_size}|{about.st_mtime_ns}\n".encode())
    return state.hexdigest()


def digest_of(parts: Iterable[str]) -> str:
    """Hex digest of texts; no two different lists of texts are joined to the same input."""
    state = hashlib.blake2b(digest_size=16)
    for part in parts:
        data = part.encode()
        state.update(len(data).to_bytes(8, "little"))
        state.update(data)
    return state.hexdigest()
