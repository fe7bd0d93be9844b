"""Keep files below `FILES_ROOT` under random names: written aside, synced, then renamed.

A row names a file only after the file is in place; what no row names is swept later.
"""

import hashlib
import os
import uuid
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

INCOMING = "incoming"


class TooLarge(ValueError):
    """More bytes than allowed."""


class Damaged(RuntimeError):
    """A kept file that is gone or is no longer what was put in; its text is shown as it is."""


@dataclass(frozen=True)
class Incoming:
    """A file written aside: where it is, how long, and its SHA-256 digest."""

    path: Path
    size: int
    sha256: str


def path_of(stored_name: str) -> Path:
    """Return the place of a kept file; its first two characters are the folder."""
    return Path(settings.FILES_ROOT) / stored_name[:2] / stored_name


@contextmanager
def receiving(chunks: Iterable[bytes], limit: int | None = None) -> Iterator[Incoming]:
    """Write the chunks aside for the time of the block; gone after it unless settled."""
    folder = Path(settings.FILES_ROOT) / INCOMING
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    path = folder / uuid.uuid4().hex
    try:
        yield _write(path, chunks, limit)
    finally:
        path.unlink(missing_ok=True)


def _write(path: Path, chunks: Iterable[bytes], limit: int | None) -> Incoming:
    """Write the chunks to a new file that only the server's account can read, and sync it."""
    digest, size = hashlib.sha256(), 0
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as target:
        for chunk in chunks:
            size += len(chunk)
            if limit is not None and size > limit:
                raise TooLarge(size)
            digest.update(chunk)
            target.write(chunk)
        target.flush()
        os.fsync(target.fileno())
    return Incoming(path, size, digest.hexdigest())


def settle(incoming: Incoming, stored_name: str = "") -> str:
    """Give a file written aside its place for good and return its stored name."""
    name = stored_name or uuid.uuid4().hex
    place = path_of(name)
    place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    os.replace(incoming.path, place)
    return name


def content_of(stored_name: str, sha256: str) -> bytes:
    """Return what a kept file holds after checking its digest; raise `Damaged` otherwise.

    Read at once (uploads are limited in size), so that what was checked is what is handed out.
    """
    try:
        content = path_of(stored_name).read_bytes()
    except FileNotFoundError as missing:
        raise Damaged("文件不在存储中，请联系系统管理员从备份恢复。") from missing
    if hashlib.sha256(content).hexdigest() != sha256:
        raise Damaged("文件与登记的摘要不一致，可能被改动或损坏，请联系系统管理员。")
    return content


def discard(stored_name: str) -> None:
    """Delete a kept file; nothing happens if it is gone already."""
    path_of(stored_name).unlink(missing_ok=True)


def kept_files() -> Iterator[Path]:
    """Yield every file in the vault, those written aside included."""
    root = Path(settings.FILES_ROOT)
    if root.is_dir():
        yield from (path for path in root.glob("*/*") if path.is_file())
