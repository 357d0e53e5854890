"""Who reads the documents that belong to sheets: evidence, and workbooks that came back.

Evidence is for those who read its sheet. A workbook of one sheet is too; one that speaks of several is for
the office and whoever brought it in, also where it stands as evidence of the sheets it was taken into.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet

from kaikaku.org.queries import organisation_of
from kaikaku.reporting.models import Evidence, Upload, UploadPart
from kaikaku.reporting.queries.access import sheets_for
from kaikaku.reporting.queries.people import standing_of
from kaikaku.sources.queries import readable

if TYPE_CHECKING:
    from kaikaku.org.models import User


def documents_read_by(user: User) -> list[QuerySet[Any, int]]:
    """The keys of the documents that the person reads for the sake of a sheet; see sources.audience."""
    here = Upload.objects.filter(round__edition__plan__organisation=organisation_of(user)).order_by()
    if standing_of(user).is_office:
        return [
            here.values_list("document", flat=True),
            _evidence(user).values_list("document", flat=True),
        ]
    several = here.filter(alone=False).values("document")
    parts = UploadPart.objects.filter(upload__alone=True, sheet__in=_sheets(user)).order_by()
    return [
        here.filter(by=user).values_list("document", flat=True),
        parts.values_list("upload__document", flat=True),
        _evidence(user).exclude(document__in=several).values_list("document", flat=True),
    ]


def open_evidence(user: User, evidence: list[Evidence]) -> frozenset[int]:
    """The documents among the evidence of a sheet that the reader may open; one query."""
    return readable(user, {one.document_id for one in evidence})


def may_open(user: User, upload: Upload) -> bool:
    """Whether the reader of an upload's page may open the file itself."""
    return bool(readable(user, [upload.document_id]))


def _evidence(user: User) -> QuerySet[Evidence]:
    return Evidence.objects.filter(sheet__in=_sheets(user)).order_by()


def _sheets(user: User) -> QuerySet[Any, Any]:
    return sheets_for(user).select_related(None).order_by().values("pk")
