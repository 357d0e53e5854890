"""Two people at one record: what differs is shown side by side, and the person chooses."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from kaikaku.audit import queries as audit
from kaikaku.core.errors import RuleViolation
from kaikaku.ledgers import forms, queries, services
from kaikaku.ledgers.entries import RecordFields
from kaikaku.ledgers.kind import FieldSpec
from kaikaku.ledgers.merging import MINE, differences
from kaikaku.ledgers.values import Departments, show_value
from kaikaku.ledgers.views.common import at_record, link
from kaikaku.org import queries as org

if TYPE_CHECKING:
    from kaikaku.ledgers.models import Record
    from kaikaku.org.models import User

SETTLED = "settle"
DEPARTMENT, STATE, PUBLIC = "_department", "_state", "_public"
OWN = {DEPARTMENT: "所管", STATE: "状態", PUBLIC: "公開"}
Values = Mapping[str, Any]


@dataclass
class OfRecord:
    """The lasting values of a record, with department, state and whether it is public."""

    user: User
    record: Record
    url: str = "ledgers:revise_record"

    @property
    def specs(self) -> list[FieldSpec]:
        return [f for f in queries.seen_fields(self.user, self.record.ledger.kind) if not f.yearly]

    @property
    def codes(self) -> list[str]:
        return [*(spec.code for spec in self.specs), *OWN]

    @property
    def version(self) -> int:
        return self.record.version

    @property
    def hidden(self) -> dict[str, str]:
        return {}

    def stands(self) -> dict[str, Any]:
        row = self.record
        own = {DEPARTMENT: str(row.department_id or ""), STATE: row.state, PUBLIC: row.public}
        return {spec.code: row.values.get(spec.code) for spec in self.specs} | own

    def typed(self, form: forms.ValuesForm) -> dict[str, Any]:
        data = form.cleaned_data
        own = {DEPARTMENT: data["department"], STATE: data["state"], PUBLIC: data["public"]}
        return {**form.values, **own}

    def again(self) -> OfRecord:
        return OfRecord(self.user, queries.record_for(self.user, self.record.pk))

    def write(self, values: Values, version: int) -> None:
        stands = self.stands() | dict(values)
        key = str(stands[DEPARTMENT])
        fields = RecordFields(
            department=org.department_for(self.user, int(key)) if key.isdecimal() else None,
            state=str(stands[STATE]),
            public=bool(stands[PUBLIC]),
            values={code: value for code, value in values.items() if code not in OWN},
        )
        services.revise_record(record=self.record, fields=fields, version=version, by=self.user)


@dataclass
class OfYear:
    """The yearly values of a record in one fiscal year."""

    user: User
    record: Record
    year: int
    url: str = "ledgers:figures"
    _found: tuple[int, dict[str, Any]] = field(init=False)

    def __post_init__(self) -> None:
        known = {one.fiscal_year: one for one in queries.figures_of(self.record)}
        one = known.get(self.year)
        self._found = (one.version, one.values) if one else (0, {})

    @property
    def specs(self) -> list[FieldSpec]:
        return [f for f in queries.seen_fields(self.user, self.record.ledger.kind) if f.yearly]

    @property
    def codes(self) -> list[str]:
        return [spec.code for spec in self.specs]

    @property
    def version(self) -> int:
        return self._found[0]

    @property
    def hidden(self) -> dict[str, str]:
        return {"year": str(self.year)}

    def stands(self) -> dict[str, Any]:
        return {spec.code: self._found[1].get(spec.code) for spec in self.specs}

    def typed(self, form: forms.ValuesForm) -> dict[str, Any]:
        self.year = form.cleaned_data["fiscal_year"]
        return form.values

    def again(self) -> OfYear:
        return OfYear(self.user, queries.record_for(self.user, self.record.pk), self.year)

    def write(self, values: Values, version: int) -> None:
        services.write_figures(
            record=self.record, fiscal_year=self.year, values=values, by=self.user, version=version
        )


Of = OfRecord | OfYear


@dataclass
class Saving:
    """Saves a form, and keeps what was typed where somebody was first."""

    of: Of
    _typed: dict[str, Any] | None = None
    _base: dict[str, Any] | None = None

    def save(self, form: forms.ValuesForm, write: Callable[[], None]) -> None:
        try:
            write()
        except RuleViolation as refused:
            if refused.code == services.MOVED:
                self._typed, self._base = self.of.typed(form), _values(form.cleaned_data["base"])
            raise

    def page(self, request: HttpRequest) -> HttpResponse | None:
        """What both wrote, side by side; None where nobody was first."""
        if self._typed is None:
            return None
        return _page(request, self.of.again(), mine=self._typed, base=self._base)


def settle(request: HttpRequest, of: Of) -> HttpResponse:
    """The answer: mine where it was chosen, else what stands."""
    typed = _values(request.POST.get("mine", "")) or {}
    mine = {
        code: typed[code] for code in of.codes if code in typed and request.POST.get(f"pick-{code}") == MINE
    }
    version = request.POST.get("version", "")
    try:
        of.write(mine, int(version) if version.isdecimal() else 0)
    except RuleViolation as refused:
        if refused.code == services.MOVED:
            return _page(request, of.again(), mine=mine, base=None)
        messages.error(request, refused.message)
        return HttpResponseRedirect(link(of.url.removeprefix("ledgers:"), of.record))
    messages.success(request, "選んだ内容で保存しました。")
    return HttpResponseRedirect(link("record", of.record))


def _page(
    request: HttpRequest, of: Of, *, mine: Mapping[str, Any], base: Mapping[str, Any] | None
) -> HttpResponse:
    kind = of.record.ledger.kind
    departments = queries.departments_in(of.record.ledger.organisation)
    found = differences(of.codes, base=base, theirs=of.stands(), mine=mine)

    def words(code: str, value: Any) -> str:
        if code == PUBLIC:
            return "公開する" if value else "公開しない"
        if code in OWN:
            names = departments.names if code == DEPARTMENT else kind.state_words
            return names.get(str(value or ""), "")
        return _shown(kind.by_code[code], value, departments)

    latest = audit.history_of(of.user, of.record).first()
    context = {
        "record": of.record,
        "who": latest.by.name if latest and latest.by else "ほかの人",
        "latest": latest,
        "choices": [
            (
                one,
                OWN.get(one.code) or kind.by_code[one.code].label,
                words(one.code, one.theirs),
                words(one.code, one.mine),
            )
            for one in found
        ],
        "mine": json.dumps({one.code: one.mine for one in found}),
        "version": of.version,
        "hidden": of.hidden,
        "action": link(of.url.removeprefix("ledgers:"), of.record),
        "breadcrumbs": [*at_record(of.record), ("変更の重なり", "")],
    }
    return render(request, "ledgers/conflict.html", context, status=409)


def _shown(spec: FieldSpec, value: Any, departments: Departments) -> str:
    unit = f" {spec.unit}" if spec.is_number and value is not None else ""
    return show_value(spec, value, departments) + unit


def _values(text: str) -> dict[str, Any] | None:
    """Stored values as a form carried them; None where they are not what a form carries."""
    try:
        found = json.loads(text)
    except ValueError:
        return None
    if not isinstance(found, dict):
        return None
    kept = (str, int, bool, type(None))
    return {
        code: value
        for code, value in found.items()
        if isinstance(value, kept) or (isinstance(value, list) and all(isinstance(v, str) for v in value))
    }
