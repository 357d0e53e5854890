"""The same document again, and next year's: only what differs is proposed."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from kaikaku.ingest import queries, services
from kaikaku.ingest.models import Import, Proposal
from kaikaku.ingest.payloads import from_json
from kaikaku.plans.models import Edition, Figure, Indicator, Lineage, Section
from tests.cast import Cast
from tests.ingest.conftest import sample

Propose = Callable[..., Import]

REPORT = """行政改革プランの取組状況（令和{era}年度）

第1 行政のデジタル化

- 令和{era}年度に講習会を{times}回実施

指標名\t基準値(R2)\tR6目標値\tR{era}実績
オンライン化率\t10%\t100%\t{rate}
"""


def take(imported: Import, cast: Cast) -> Edition:
    made = services.accept(imported=imported, by=cast.takahashi).edition
    assert made is not None
    return made


def differing(imported: Import) -> dict[tuple[str, str], str]:
    """What is not the same, by kind and words."""
    return {
        (p.kind, str(p)): p.difference
        for p in queries.proposals_of(imported)
        if p.difference != "same" and p.kind != "fact" and p.decision != "dropped"
    }


def test_the_same_document_goes_to_the_same_edition_and_proposes_nothing(
    cast: Cast, proposed: Propose
) -> None:
    edition = take(proposed("yamagata_r4"), cast)
    again = proposed("yamagata_r4")
    assert again.edition == edition
    assert differing(again) == {}


def test_an_import_still_open_is_given_back_with_what_was_corrected(cast: Cast, proposed: Propose) -> None:
    first = proposed("yamagata_r4")
    services.drop(imported=first, keys=[queries.proposals_of(first)[0].pk], by=cast.takahashi)
    assert proposed("yamagata_r4") == first
    assert Import.objects.count() == 1


def test_a_correction_made_at_the_first_import_is_not_asked_for_again(cast: Cast, proposed: Propose) -> None:
    first = proposed("yamagata_r4")
    [row] = [p for p in queries.proposals_of(first) if p.kind == "indicator" and "防災士" in str(p)]
    services.correct(
        proposal=row, payload=from_json("indicator", {**row.payload, "name": "防災士の数"}), by=cast.takahashi
    )
    take(first, cast)
    assert differing(proposed("yamagata_r4")) == {}


def test_a_heading_reworded_in_the_plan_is_a_difference_not_a_new_heading(
    cast: Cast, proposed: Propose
) -> None:
    from kaikaku.plans import services as plans
    from kaikaku.plans.entries import SectionFields

    edition = take(proposed("yamagata_r4"), cast)
    section = Section.objects.get(edition=edition, title="市町村との連携強化")
    fields = SectionFields(title="市町村との連携の強化", number=section.number)
    plans.revise_section(section=section, fields=fields, by=cast.takahashi)
    assert list(differing(proposed("yamagata_r4")).values()) == ["changed"]


def test_a_changed_value_becomes_a_correction_with_the_document_as_reason(
    cast: Cast, proposed: Propose
) -> None:
    edition = take(proposed("yamagata_r4"), cast)
    data = sample("yamagata_r4").decode().replace("2,233人", "2,240人").encode()
    again = proposed("corrected", data=data)
    assert again.edition == edition
    assert list(differing(again).values()) == ["changed"]
    take(again, cast)
    figure = Figure.objects.get(indicator__name__startswith="防災士", role="actual", is_current=True)
    assert figure.value == Decimal(2240)
    assert figure.supersedes is not None
    assert figure.supersedes.value == Decimal(2233)
    assert figure.change_reason.startswith("取り込み：「山形県行財政改革推進プラン 2021")
    assert differing(proposed("corrected", data=data)) == {}


def test_what_the_document_lacks_is_shown_and_stays(cast: Cast, proposed: Propose) -> None:
    edition = take(proposed("yamagata_r4"), cast)
    data = (
        sample("yamagata_r4")
        .decode()
        .replace("- スマートフォンアプリ(Pay Pay)による納付を導入\n", "")
        .encode()
    )
    again = proposed("shorter", data=data)
    assert list(differing(again).values()) == ["missing"]
    assert services.accept(imported=again, by=cast.takahashi).total == 0
    assert differing(proposed("yamagata_r4")) == {}
    assert Section.objects.filter(edition=edition).count() == 20


def test_a_new_heading_takes_its_place_among_those_that_stand(cast: Cast, proposed: Propose) -> None:
    plan = (
        "改革プラン（令和7年度）\n\n第1 電子化\n\n1 電子契約の導入\n\n本文1\n\n{}2 手数料の見直し\n\n本文2\n"
    )
    edition = take(proposed("first", data=plan.format("").encode()), cast)
    again = proposed("second", data=plan.format("2 窓口の改革\n\n本文3\n\n").encode())
    assert again.edition == edition
    take(again, cast)
    order = Section.objects.filter(edition=edition, parent__isnull=False).order_by("position")
    assert [section.title for section in order] == ["電子契約の導入", "窓口の改革", "手数料の見直し"]


def test_chapters_taken_in_any_order_stand_as_in_the_document(cast: Cast, proposed: Propose) -> None:
    imported = proposed("yamagata_r4")
    pillars = [p for p in queries.proposals_of(imported) if p.kind == "section" and p.parent_id is None]
    for pillar in (pillars[2], pillars[0], pillars[1]):
        services.accept(imported=imported, by=cast.takahashi, only=[pillar.pk])
    top = Section.objects.filter(parent=None).order_by("position")
    assert [section.number for section in top] == ["第1", "第2", "第3"]


def test_next_years_report_adds_its_results_to_the_same_edition(cast: Cast, proposed: Propose) -> None:
    first = REPORT.format(era=4, times=3, rate="40%")
    edition = take(proposed("r4", data=first.encode()), cast)
    second = REPORT.format(era=5, times=5, rate="60%").replace("（令和5年度）", "（令和4年度）")
    again = proposed("r5", data=second.encode(), edition=edition)
    kinds = sorted(
        (p.kind, p.difference) for p in queries.proposals_of(again) if p.kind in ("figure", "item")
    )
    assert ("figure", "new") in kinds
    assert ("figure", "changed") not in kinds
    take(again, cast)
    indicator = Indicator.objects.get(edition=edition)
    assert [
        (f.fiscal_year, f.value) for f in indicator.figures.filter(role="actual").order_by("fiscal_year")
    ] == [(2022, Decimal(40)), (2023, Decimal(60))]


def test_next_years_plan_becomes_the_next_edition_with_its_lineage(cast: Cast, proposed: Propose) -> None:
    base = take(proposed("miyagi_r8"), cast)
    text = sample("miyagi_r8").decode()
    text = text.replace("（令和8年度）", "（令和9年度）").replace(
        "生成AI基盤の全庁展開と積極活用", "生成AI基盤の全庁展開と定着"
    )
    imported = proposed("miyagi_r9", data=text.encode())
    assert imported.base == base
    assert ("section", "見出し「生成AI基盤の全庁展開と定着」") in differing(imported)
    edition = take(imported, cast)
    assert edition.plan == base.plan
    assert edition != base
    assert Section.objects.filter(edition=edition).count() == Section.objects.filter(edition=base).count()
    renamed = Lineage.objects.get(plan=base.plan, kind="renamed")
    assert renamed.to_section is not None
    assert renamed.to_section.title == "生成AI基盤の全庁展開と定着"
    assert renamed.reason.startswith("取り込み：")
    assert Lineage.objects.filter(plan=base.plan, kind="carried").count() == 25


def test_a_renumbered_heading_is_carried_for_numbers_are_no_identity(cast: Cast, proposed: Propose) -> None:
    plan = "改革プラン（令和{}年度）\n\n第1 電子化\n\n1 {}\n\n本文1\n\n2 {}\n\n本文2\n"
    take(proposed("r7", data=plan.format(7, "電子契約の導入", "手数料の見直し").encode()), cast)
    moved = (
        plan.format(8, "手数料の見直し", "電子契約の導入").replace("本文1", "本文x").replace("本文2", "本文1")
    )
    imported = proposed("r8", data=moved.replace("本文x", "本文2").encode())
    rows = {p.payload["title"]: p for p in Proposal.objects.filter(imported=imported, kind="section")}
    assert [change[0] for change in rows["電子契約の導入"].changes] == ["number"]
    take(imported, cast)
    assert set(Lineage.objects.values_list("kind", flat=True)) == {"carried"}


def test_a_new_plan_can_be_asked_for_in_spite_of_a_like_one(cast: Cast, proposed: Propose) -> None:
    take(proposed("miyagi_r8"), cast)
    imported = proposed("miyagi_r8", fresh=True)
    assert (imported.plan, imported.edition, imported.base) == (None, None, None)


def test_a_rule_that_is_not_ours_is_read_from_the_legend(cast: Cast, proposed: Propose) -> None:
    text = sample("iwate_r2").decode().replace("100%以上", "95%以上").replace("100%未満", "95%未満")
    head = proposed("iwate_other", data=text.encode()).head
    assert head["scheme"]["id"] == "own"
    assert [band["lower"] for band in head["scheme"]["bands"]] == ["95", "80", "60", None, None]
    assert head["scheme"]["shares_method"] == "largest_remainder"
