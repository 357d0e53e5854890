"""Zipped documents (Word, Excel): their parts, each weighed before it is unpacked."""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from collections.abc import Iterator
from typing import IO, Any
from urllib.parse import unquote

from kaikaku.readers import limits
from kaikaku.readers.errors import Unreadable

_RELATIONSHIP = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"


class Archive:
    """A zipped document; every way to a part passes the limits.

    Raises Unreadable for an archive that is torn or locked with a password.
    """

    def __init__(self, data: bytes, *, name: str) -> None:
        self.name = name
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, EOFError) as error:
            raise self._torn() from error
        infos = self._zip.infolist()
        limits.check_count(
            len(infos), limits.MAX_ARCHIVE_ENTRIES, name=name, what="中に含まれるファイル", unit="個"
        )
        self._infos = {info.filename: info for info in infos}

    def names(self) -> list[str]:
        return list(self._infos)

    def has(self, part: str) -> bool:
        return part in self._infos

    def open(self, part: str) -> IO[bytes]:
        """A stream of the part, which never yields more than its declared and checked size."""
        info = self._infos.get(part)
        if info is None:
            raise self._torn(part)
        if info.flag_bits & 0x1:
            raise Unreadable(
                "encrypted",
                f"「{self.name}」はパスワードで保護されているため読み取れません。パスワードを解除して"
                "保存し直してから、もう一度指定してください。",
                name=self.name,
            )
        limits.check_part(info.file_size, info.compress_size, name=self.name, part=part)
        try:
            return self._zip.open(info)
        except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError, EOFError) as error:
            raise self._torn(part) from error

    def read(self, part: str) -> bytes:
        try:
            with self.open(part) as stream:
                return stream.read()
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError) as error:
            raise self._torn(part) from error

    def text(self, part: str) -> str:
        return self.read(part).decode("utf-8", errors="replace")

    def xml(self, part: str) -> Any:
        """The part as a tree. Entities are not resolved and nothing outside is fetched."""
        from lxml import etree

        data = self.read(part)
        limits.check_tags(data.count(b"<"), name=self.name)
        parser = etree.XMLParser(
            resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True
        )
        try:
            return etree.fromstring(data, parser=parser)
        except (etree.XMLSyntaxError, ValueError) as error:
            raise self._torn(part) from error

    def elements(self, part: str, *tags: str) -> Iterator[Any]:
        """The elements of the part with one of the tags, as each ends, without holding the tree in memory."""
        from lxml import etree

        with self.open(part) as stream:
            try:
                events = etree.iterparse(
                    stream, events=("end",), tag=tags, resolve_entities=False, no_network=True, load_dtd=False
                )
                for _, element in events:
                    yield element
                    element.clear(keep_tail=False)
                    while element.getprevious() is not None:
                        del element.getparent()[0]
            except (
                etree.XMLSyntaxError,
                zipfile.BadZipFile,
                zlib.error,
                EOFError,
                OSError,
                ValueError,
            ) as error:
                raise self._torn(part) from error

    def targets(self, part: str) -> dict[str, tuple[str, str]]:
        """What the part refers to: relationship id → (kind of relationship, part name)."""
        folder, file = posixpath.split(part)
        rels = posixpath.join(folder, "_rels", f"{file}.rels")
        if not self.has(rels):
            return {}
        found: dict[str, tuple[str, str]] = {}
        for element in self.xml(rels).iter(_RELATIONSHIP):
            if element.get("TargetMode") == "External":
                continue
            target = unquote(element.get("Target") or "")
            path = target.lstrip("/") if target.startswith("/") else posixpath.join(folder, target)
            kind = (element.get("Type") or "").rsplit("/", 1)[-1]
            found[element.get("Id") or ""] = (kind, posixpath.normpath(path))
        return found

    def main_part(self, otherwise: str) -> str:
        """The part the package itself names as its document."""
        for kind, target in self.targets("").values():
            if kind == "officeDocument" and self.has(target):
                return target
        return otherwise

    def _torn(self, part: str | None = None) -> Unreadable:
        where = f"（中の「{part}」）" if part else ""
        return Unreadable(
            "torn",
            f"「{self.name}」は壊れているか、途中で切れています{where}。"
            "元のソフトで開いて保存し直すか、もう一度ダウンロードしてから指定してください。",
            name=self.name,
            part=part,
        )
