"""A publication's folder: written beside the one that stands, then put in its place in one step.

What has not changed since the last publication is taken over from it; a run that breaks off leaves the last
publication as it was, and the next run clears away the remains.
"""

from __future__ import annotations

import contextlib
import ctypes
import hashlib
import json
import os
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from kaikaku.core.errors import RuleViolation
from kaikaku.writers.sheets import STAMP, STAMP_END, Sheet

MANIFEST = "manifest.json"
_AT_CWD, _EXCHANGE = -100, 2


@dataclass(frozen=True, slots=True)
class Entry:
    """A file of the publication as the manifest lists it."""

    path: str
    bytes: int
    sha256: str
    key: str

    def as_json(self) -> dict[str, str | int]:
        return {"path": self.path, "bytes": self.bytes, "sha256": self.sha256, "key": self.key}


def read_manifest(folder: Path) -> dict[str, Entry]:
    """What a finished publication holds; nothing where there is none to read (then all is drawn)."""
    try:
        listed = json.loads((folder / MANIFEST).read_bytes())["files"]
        return {one["path"]: Entry(one["path"], one["bytes"], one["sha256"], one["key"]) for one in listed}
    except (OSError, ValueError, KeyError, TypeError):
        return {}


class Folder:
    """The new folder while it is being filled. `stamp` is what the footer of every stamped page says."""

    def __init__(self, target: Path, *, previous: Path, stamp: str) -> None:
        self.entries: dict[str, Entry] = {}
        self.drawn: list[str] = []
        self._target, self._previous, self._stamp = target, previous, stamp.encode()
        self._before = read_manifest(previous)
        self._made: set[str] = set()
        target.mkdir(parents=True)

    def put(self, sheet: Sheet) -> Entry:
        """Take the sheet over from the last publication if it is the same, else draw it."""
        if sheet.path in self.entries:
            raise RuleViolation(
                "publish.same_path", f"{sheet.path} を2回書こうとしました。番号の重複を直してください。"
            )
        place = f"{self._target}/{sheet.path}"
        self._make_room(sheet.path)
        before = self._before.get(sheet.path)
        entry = (
            self._take_over(sheet, before, place) if before is not None and before.key == sheet.key else None
        )
        if entry is None:
            entry = self._draw(sheet, place)
            self.drawn.append(sheet.path)
        self.entries[sheet.path] = entry
        return entry

    def _make_room(self, path: str) -> None:
        folder = path.rpartition("/")[0]
        if folder not in self._made:
            os.makedirs(f"{self._target}/{folder}", exist_ok=True)
            self._made.add(folder)

    def _take_over(self, sheet: Sheet, before: Entry, place: str) -> Entry | None:
        """The file of the last publication, unless it is not what its manifest says."""
        old = f"{self._previous}/{sheet.path}"
        try:
            if sheet.stamped:
                return self._stamp_anew(sheet, before, old=old, place=place)
            if os.stat(old).st_size != before.bytes:
                return None
            try:
                os.link(old, place)
            except OSError:  # another file system, or one without hard links
                shutil.copyfile(old, place)
        except OSError:
            return None
        return before

    def _stamp_anew(self, sheet: Sheet, before: Entry, *, old: str, place: str) -> Entry | None:
        with open(old, "rb", buffering=0) as file:
            data = file.read()
        start, end = data.find(STAMP), data.rfind(STAMP_END)
        if start < 0 or end < start or hashlib.sha256(data).hexdigest() != before.sha256:
            return None
        return self._write(sheet, place, data[: start + len(STAMP)] + self._stamp + data[end:])

    def _draw(self, sheet: Sheet, place: str) -> Entry:
        if sheet.draw is not None:
            sheet.draw(Path(place))
            return _measured(sheet, place)
        if sheet.make is None:
            raise TypeError(f"nothing makes {sheet.path}")
        if not sheet.stamped:
            return self._stream(sheet, place)
        data = b"".join(part.encode() if isinstance(part, str) else part for part in sheet.make())
        start, end = data.find(STAMP), data.rfind(STAMP_END)
        return self._write(sheet, place, data[: start + len(STAMP)] + self._stamp + data[end:])

    def _write(self, sheet: Sheet, place: str, data: bytes) -> Entry:
        with open(place, "wb", buffering=0) as file:
            file.write(data)
        return Entry(sheet.path, len(data), hashlib.sha256(data).hexdigest(), sheet.key)

    def _stream(self, sheet: Sheet, place: str) -> Entry:
        total, size = hashlib.sha256(), 0
        with open(place, "wb") as file:
            for part in sheet.make() if sheet.make is not None else ():
                data = part.encode() if isinstance(part, str) else part
                total.update(data)
                size += len(data)
                file.write(data)
        return Entry(sheet.path, size, total.hexdigest(), sheet.key)

    def write_manifest(self, publication: Mapping[str, object]) -> None:
        """List every file with its size and SHA-256; the manifest is written last."""
        told = json.dumps(
            {"schema": "kaikaku-manifest-1", "publication": dict(publication)}, ensure_ascii=False
        )
        listed = (json.dumps(self.entries[path].as_json()) for path in sorted(self.entries))
        text = told[:-1] + ', "files": [\n' + ",\n".join(listed) + "\n]}\n"
        (self._target / MANIFEST).write_text(text, encoding="utf-8", newline="\n")


def _measured(sheet: Sheet, place: str) -> Entry:
    total = hashlib.sha256()
    with open(place, "rb") as file:
        while part := file.read(1 << 20):
            total.update(part)
        size = file.tell()
    return Entry(sheet.path, size, total.hexdigest(), sheet.key)


@contextlib.contextmanager
def replacing(out: Path) -> Iterator[Path]:
    """A fresh folder beside `out` that takes its name when the block ends well; else `out` stays as it was.

    Raises RuleViolation `publish.busy` where another process is publishing to the same place.
    """
    out.parent.mkdir(parents=True, exist_ok=True)
    fresh, old = out.with_name(f".{out.name}.new"), out.with_name(f".{out.name}.old")
    with _alone(out):
        _recover(out, old)
        for remains in (fresh, old):
            shutil.rmtree(remains, ignore_errors=True)
        try:
            yield fresh
        except BaseException:
            shutil.rmtree(fresh, ignore_errors=True)
            raise
        _swap(fresh, out, old)
        shutil.rmtree(old, ignore_errors=True)


def _recover(out: Path, old: Path) -> None:
    """Where a run died between two renames, the last publication still stands under its old name."""
    if not out.exists() and (old / MANIFEST).exists():
        old.rename(out)


def _swap(fresh: Path, out: Path, old: Path) -> None:
    if not out.exists():
        fresh.rename(out)
    elif _exchange(fresh, out):
        fresh.rename(old)
    else:
        out.rename(old)
        fresh.rename(out)


def _exchange(one: Path, other: Path) -> bool:
    """Let two folders change names in one step (Linux renameat2), so that a reader never finds neither."""
    try:
        rename = ctypes.CDLL(None, use_errno=True).renameat2
    except (OSError, AttributeError, TypeError):
        return False
    return bool(rename(_AT_CWD, os.fsencode(one), _AT_CWD, os.fsencode(other), _EXCHANGE) == 0)


@contextlib.contextmanager
def _alone(out: Path) -> Iterator[None]:
    """Only one process publishes to a place; the lock ends with the process, however it ends."""
    try:
        import fcntl
    except ImportError:  # not on Windows, where an open folder cannot be renamed away anyway
        yield
        return
    with open(out.with_name(f".{out.name}.lock"), "w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as busy:
            words = f"{out} への公表の処理が、すでに動いています。終わってから、もう一度実行してください。"
            raise RuleViolation("publish.busy", words) from busy
        yield
