"""Keeping a file that was only to be checked, when the person asks for it."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from kaikaku.ingest import reading
from kaikaku.sources.audience import Audience
from kaikaku.sources.services import keep_document

if TYPE_CHECKING:
    from kaikaku.org.models import Organisation, User
    from kaikaku.sources.models import SourceDocument


def keep_checked(*, organisation: Organisation, name: str, data: bytes, by: User) -> SourceDocument:
    """Keep the file among the sources. Raises readers.Unreadable for a format whose text cannot be shown."""
    found = reading.read(name=name, data=data)
    return keep_document(
        organisation=organisation,
        name=name,
        data=data,
        title=PurePosixPath(name).stem,
        media_type=found.document.media_type,
        lines=found.lines(),
        places=found.places() if any(found.places()) else (),
        by=by,
        audience=Audience.INSIDERS,
    )
