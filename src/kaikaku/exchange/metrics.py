"""What exchange counts: projects and participants apart (宮城県 R8), and the hours lent and borrowed."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db.models import QuerySet, Sum

from kaikaku.core.eras import show_fiscal_year
from kaikaku.core.indicators import Accumulation
from kaikaku.exchange.models import Assignment, PublishedTotal, Request, Scheme, WorkEntry
from kaikaku.exchange.queries.flows import begun_in, work_in
from kaikaku.exchange.queries.people import department_choices
from kaikaku.org.roles import Role
from kaikaku.reporting.measuring import Measured, Metric, Option, Parts, RecordRef, Records, held_by, insiders
from kaikaku.ui.search import address_of

if TYPE_CHECKING:
    from kaikaku.org.models import Organisation

ONE = Decimal(1)


def _schemes(organisation: Organisation) -> list[tuple[str, str]]:
    return list(Scheme.objects.filter(organisation=organisation).values_list("code", "name"))


def _begun(organisation: Organisation, fiscal_year: int, options: Mapping[str, str]) -> QuerySet[Assignment]:
    begun = begun_in(organisation, fiscal_year).select_related("request__department")
    return begun.filter(request__scheme__code=options["scheme"]) if options.get("scheme") else begun


def _nothing(fiscal_year: int) -> str:
    return f"{show_fiscal_year(fiscal_year)}に行われた応援の記録がありません。"


def _published(
    organisation: Organisation, fiscal_year: int, options: Mapping[str, str], *, of: str, unit: str
) -> Measured:
    """What a document tells of a year without records (山形県: 27 people); never added to any."""
    rows = PublishedTotal.objects.filter(
        organisation=organisation, fiscal_year=fiscal_year, **{f"{of}__isnull": False}
    ).select_related("citation__document")
    if options.get("scheme"):
        rows = rows.filter(scheme=options["scheme"])
    found = [
        RecordRef(
            f"published:{one.pk}",
            str(one.citation),
            f"{address_of('sources:document').format(one.citation.document_id)}?line={one.citation.line}",
            Decimal(getattr(one, of)),
        )
        for one in rows
    ]
    if not found:
        return Measured.unknown(unit, _nothing(fiscal_year))
    total = sum((one.contribution or Decimal(0) for one in found), Decimal(0))
    return Measured(
        total, unit, Records.of(found), "公表された資料に書かれた数（この年度の記録はありません）"
    )


def _projects(organisation: Organisation, fiscal_year: int, options: Mapping[str, str]) -> Measured:
    begun = _begun(organisation, fiscal_year, options)
    requests = Request.objects.filter(pk__in=begun.order_by().values("request")).order_by("pk")
    count = requests.count()
    if not count:
        return _published(organisation, fiscal_year, options, of="projects", unit="件")
    address = address_of("exchange:request")

    def record(one: Request) -> RecordRef:
        return RecordRef(f"request:{one.pk}", one.title, address.format(one.pk), ONE)

    def parts(rows: QuerySet[Request]) -> Parts:
        return ((f"request:{pk}", ONE) for pk in rows.values_list("pk", flat=True))

    records = Records.of_query(requests, record, light=parts, count=count)
    return Measured(Decimal(count), "件", records, "その年度に職員が従事した依頼の数")


def _participants(organisation: Organisation, fiscal_year: int, options: Mapping[str, str]) -> Measured:
    begun = _begun(organisation, fiscal_year, options)
    count = begun.count()
    if not count:
        return _published(organisation, fiscal_year, options, of="participants", unit="人")
    address = address_of("exchange:assignment")

    def record(one: Assignment) -> RecordRef:
        label = f"{one.request.title}（{one.request.department.name}）"
        return RecordRef(f"assignment:{one.pk}", label, address.format(one.pk), ONE)

    def parts(rows: QuerySet[Assignment]) -> Parts:
        return ((f"assignment:{pk}", ONE) for pk in rows.values_list("pk", flat=True))

    records = Records.of_query(begun, record, light=parts, count=count)
    return Measured(
        Decimal(count), "人", records, "その年度に従事した職員の延べ人数（依頼ごとに1人と数えます）"
    )


def _hours(
    organisation: Organisation, fiscal_year: int, options: Mapping[str, str], *, side: str
) -> Measured:
    work = work_in(organisation, fiscal_year)
    if options.get("department"):
        work = work.filter(**{side: int(options["department"])})
    total = work.aggregate(total=Sum("minutes"))["total"]
    if total is None:
        return Measured.unknown("時間", _nothing(fiscal_year))
    begun = Assignment.objects.filter(pk__in=work.order_by().values("assignment")).order_by("pk")
    begun = begun.select_related("request__department")
    address = address_of("exchange:assignment")
    spent = _spent(work)

    def record(one: Assignment) -> RecordRef:
        label = f"{one.request.title}（{one.request.department.name}）"
        return RecordRef(f"assignment:{one.pk}", label, address.format(one.pk), spent[one.pk])

    def parts(rows: QuerySet[Assignment]) -> Parts:
        return ((f"assignment:{pk}", spent[pk]) for pk in rows.values_list("pk", flat=True))

    records = Records.of_query(begun, record, light=parts)
    return Measured(Decimal(total) / 60, "時間", records, "記録された従事時間（分）の合計 ÷ 60")


def _spent(work: QuerySet[WorkEntry]) -> dict[int, Decimal]:
    rows = work.order_by().values_list("assignment").annotate(total=Sum("minutes"))
    return {pk: Decimal(minutes) / 60 for pk, minutes in rows}


def _lent(organisation: Organisation, fiscal_year: int, options: Mapping[str, str]) -> Measured:
    return _hours(organisation, fiscal_year, options, side="assignment__home")


def _borrowed(organisation: Organisation, fiscal_year: int, options: Mapping[str, str]) -> Measured:
    return _hours(organisation, fiscal_year, options, side="assignment__request__department")


SCHEME = Option("scheme", "制度", _schemes)
METRICS = (
    Metric(
        code="exchange.projects",
        name="応援を行った業務の数（支援事業数）",
        definition="その年度に職員が従事した応援の依頼の数です。参加した人数とは別に数えます。",
        unit="件",
        accumulation=Accumulation.FLOW,
        measure=_projects,
        visible=insiders,
        options=(SCHEME,),
    ),
    Metric(
        code="exchange.participants",
        name="応援に参加した職員の数（参加人数）",
        definition="その年度に応援に従事した職員の延べ人数です。同じ人が2つの依頼に従事すると2人です。",
        unit="人",
        accumulation=Accumulation.FLOW,
        measure=_participants,
        visible=held_by(Role.SECRETARIAT),
        options=(SCHEME,),
    ),
    Metric(
        code="exchange.hours_lent",
        name="応援に出した時間",
        definition="その年度に、選んだ所属の職員がほかの所属の業務に従事した時間です（すべての所属も選べます）。",
        unit="時間",
        accumulation=Accumulation.FLOW,
        measure=_lent,
        visible=held_by(Role.SECRETARIAT),
        options=(Option("department", "所属", department_choices),),
        decimals=1,
    ),
    Metric(
        code="exchange.hours_borrowed",
        name="応援を受けた時間",
        definition="その年度に、選んだ所属の業務にほかの所属の職員が従事した時間です（すべての所属も選べます）。",
        unit="時間",
        accumulation=Accumulation.FLOW,
        measure=_borrowed,
        visible=held_by(Role.SECRETARIAT),
        options=(Option("department", "所属", department_choices),),
        decimals=1,
    ),
)
