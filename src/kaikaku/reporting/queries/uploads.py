"""What comes back: the round of a workbook, the sheets it speaks of, and what was brought in before."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from typing import TYPE_CHECKING

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from kaikaku.reporting import words
from kaikaku.reporting.models import Handout, Round, Sheet, Upload, UploadPart
from kaikaku.reporting.queries.access import rounds_for
from kaikaku.reporting.queries.people import standing_of
from kaikaku.reporting.queries.workbooks import Form, round_key, sheets_of
from kaikaku.reporting.workbooks.placing import Contents, Known

if TYPE_CHECKING:
    from kaikaku.org.models import User

_ROUND = re.compile(r"[^/]+/R(\d{1,9})-[0-9a-f]{8}")


def round_numbered(text: str) -> Round | None:
    """A round by its number, or as 「edition:3」 the latest open round of an edition, for commands."""
    rounds = Round.objects.select_related("edition__plan__organisation", "edition__scheme")
    kind, _, number = text.rpartition(":")
    if not number.isdecimal() or len(number) > 9 or kind not in ("", "edition"):
        return None
    if kind == "edition":
        return rounds.filter(edition=int(number), closed_at__isnull=True).first()
    return rounds.filter(pk=int(number)).first()


def round_keyed(user: User, key: str) -> Round | None:
    """The round of the user's government that this key in a workbook names."""
    number = _ROUND.fullmatch(key)
    found = rounds_for(user).filter(pk=int(number[1])).first() if number else None
    return found if found is not None and round_key(found) == key else None


def own_sheets(round_: Round, user: User) -> list[Sheet]:
    """The sheets of the round that the person fills in as a clerk."""
    own = standing_of(user).clerk
    return sheets_of(round_, own) if own else []


def sheet_keys(round_: Round) -> set[str]:
    """The keys of all sheets of the round."""
    return {f"S{pk}" for pk in Sheet.objects.filter(round=round_).values_list("pk", flat=True)}


def known_of(forms: Iterable[Form]) -> dict[str, Known]:
    """The sheets as the rules of a returning workbook need them; one query more."""
    forms = list(forms)
    handed: dict[int, dict[int, Contents]] = defaultdict(dict)
    rows = Handout.objects.filter(sheet__in=[form.sheet.pk for form in forms])
    for sheet, version, contents in rows.values_list("sheet", "version", "contents"):
        handed[sheet][version] = contents
    return {form.block.key: _known(form, handed[form.sheet.pk]) for form in forms}


def _known(form: Form, handed: Mapping[int, Contents]) -> Known:
    facts = {code: form.facts[row.indicator_id] for code, row in form.rows.items()}
    return Known(
        key=form.block.key,
        department=form.block.department,
        figures={code: (one.name, one.unit) for code, one in facts.items()},
        texts={key: text.asked.label for key, text in form.answers.items()},
        handed=handed,
        computed=frozenset(row.key for row in form.block.figures if row.computed),
        never_public=frozenset(k for k, text in form.answers.items() if text.asked.key in words.NEVER_PUBLIC),
    )


def uploads_of(round_: Round, sheet: Sheet | None = None) -> QuerySet[Upload]:
    """What was brought in, newest first: of the office, or of one sheet's clerks."""
    found = Upload.objects.filter(round=round_, sheet=sheet).select_related("document", "by")
    return found.defer("document__text_lines", "document__places")


def upload_for(round_: Round, pk: int, sheet: Sheet | None = None) -> Upload:
    """One upload of a round, or of a sheet, that was found for the user; or 404."""
    upload = get_object_or_404(uploads_of(round_, sheet), pk=pk)
    upload.round = round_
    return upload


def parts_of(upload: Upload, *, only: Collection[int] | None = None, whole: bool = True) -> list[UploadPart]:
    """What the workbook says of each sheet, or of `only` these, with the sheets as they stand now; one query.
    Not `whole` are the parts without their cells.
    """
    parts = upload.parts.select_related("sheet__department", "sheet__changed_by")
    if only is not None:
        parts = parts.filter(sheet__in=only)
    if not whole:
        parts = parts.defer("changes", "review")
    found = list(parts.order_by("sheet__department__position", "sheet__department__pk", "pk"))
    for part in found:
        part.upload = upload
        part.sheet.round = upload.round
    return found


def whole(upload: Upload) -> Upload:
    """The upload as it stands, with its round and all of that which its parts are held against."""
    found = Upload.objects.select_related(
        "round__edition__plan__organisation", "round__edition__scheme", "by", "document", "sheet"
    )
    return found.defer("document__text_lines", "document__places").get(pk=upload.pk)


def lock_upload(upload: Upload) -> Upload:
    """The upload's row, held until the transaction ends, with its round."""
    return Upload.objects.select_for_update(of=("self",)).select_related("round").get(pk=upload.pk)


def lock_sheets(round_: Round, keys: Iterable[int]) -> dict[int, Sheet]:
    """The rows of these sheets, held in one order, so that two imports cannot wait for each other."""
    rows = Sheet.objects.select_for_update(of=("self",)).filter(round=round_, pk__in=list(keys))
    found = {}
    for sheet in rows.select_related("department", "changed_by").order_by("pk"):
        sheet.round = round_
        found[sheet.pk] = sheet
    return found


def may_bring_in(user: User, sheet: Sheet) -> bool:
    """Whether the person is a clerk of the sheet's section; the office has a way of its own."""
    return sheet.department_id in standing_of(user).clerk


def applied_to(sheet: Sheet) -> list[UploadPart]:
    """What was taken into the sheet from workbooks, the latest first, with the files as kept."""
    parts = UploadPart.objects.filter(sheet=sheet, applied_at__isnull=False)
    return list(parts.select_related("upload__document").order_by("-applied_at", "-pk"))
