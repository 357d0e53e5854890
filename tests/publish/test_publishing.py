"""Freezing, printing, correcting: what the office does on the day of publication, and after it."""

from dataclasses import replace
from datetime import date

import pytest
from django.db import transaction

from kaikaku.audit import services as audit
from kaikaku.core.errors import RuleViolation
from kaikaku.core.ratings import SCHEMES
from kaikaku.core.rollup import Method, Policy
from kaikaku.plans import services as plans
from kaikaku.plans.entries import EditionFields, FigureFields, IndicatorFields, SectionFields
from kaikaku.plans.models import Edition, Figure
from kaikaku.publish import queries, services
from kaikaku.publish.models import Publication
from kaikaku.publish.places import folder_of, root
from kaikaku.writers.dataset import EditionDataset
from tests.cast import Cast

DAY = date(2026, 9, 1)


VALUES = (("baseline", "1.5%", 2020), ("target", "100%", 2024), ("actual", "71.5%", 2022))


@pytest.fixture
def edition(cast: Cast) -> Edition:
    """One pillar, one indicator: 1.5 % → 100 %, now 71.5 %."""
    by = cast.takahashi
    plan = plans.create_plan(organisation=cast.sakura, name="さくら県プラン", level_names=("柱",), by=by)
    fields = EditionFields(title="令和4年度版", fiscal_year=2022)
    made = plans.create_edition(plan=plan, fields=fields, by=by)
    plans.change_scheme(edition=made, scheme=SCHEMES["iwate"], valid_from=date(2022, 4, 1), by=by)
    pillar = plans.add_section(edition=made, fields=SectionFields(title="デジタル化"), by=by)
    named = IndicatorFields(name="オンライン化率", unit="%")
    indicator = plans.add_indicator(edition=made, section=pillar, fields=named, by=by)
    for role, text, year in VALUES:
        figure = FigureFields(role=role, text=text, fiscal_year=year)
        plans.set_figure(indicator=indicator, fields=figure, by=by)
    made.refresh_from_db()
    return made


def publish(edition: Edition, cast: Cast, **more) -> Publication:
    return services.publish_edition(edition=edition, by=cast.takahashi, published_on=DAY, **more)


def correct_to(text: str, edition: Edition, cast: Cast) -> None:
    figure = Figure.objects.get(indicator__edition=edition, role="actual", is_current=True)
    plans.correct_figure(
        figure=figure,
        fields=FigureFields(role="actual", text=text, fiscal_year=2022),
        reason="集計の誤り",
        by=cast.takahashi,
    )


def test_a_publication_freezes_the_dataset_with_its_hash(edition: Edition, cast: Cast) -> None:
    publication = publish(edition, cast)
    dataset = EditionDataset.from_json(bytes(publication.dataset))
    assert dataset.sha256() == publication.sha256
    assert dataset.indicators[0].results[-1].grade == "C"


def test_everything_is_printed(edition: Edition, cast: Cast) -> None:
    folder = folder_of(publish(edition, cast))
    for name in ("index.html", "manifest.json", "paper/summary.pdf", "paper/headquarters.docx"):
        assert (folder / name).is_file()
    assert (root() / "index.html").is_file()


def test_after_publication_only_an_erratum_changes_a_figure(edition: Edition, cast: Cast) -> None:
    publish(edition, cast)
    correct_to("72.5%", edition, cast)
    with pytest.raises(RuleViolation, match="オンライン化率"):
        publish(edition, cast)
    assert Publication.objects.count() == 1


def test_an_erratum_shows_the_old_the_new_and_the_reason(edition: Edition, cast: Cast) -> None:
    publish(edition, cast)
    correct_to("72.5%", edition, cast)
    prepared = queries.preparation(edition, published_on=DAY)
    publication = publish(edition, cast, reasons={change.key: "集計の誤り" for change in prepared.changes})
    errata = EditionDataset.from_json(bytes(publication.dataset)).errata
    assert [(e.old, e.new, e.reason) for e in errata if "実績値" in e.where] == [
        ("71.5%", "72.5%", "集計の誤り")
    ]


def test_the_reason_of_a_correction_is_offered_for_the_erratum(edition: Edition, cast: Cast, page) -> None:
    publish(edition, cast)
    correct_to("72.5%", edition, cast)
    written = edition.indicators.get().figures.get(role="actual", is_current=True).change_reason
    form = page.get(f"/publications/editions/{edition.pk}/", as_=cast.takahashi)
    offered = form.find("//input[starts-with(@name, 'reason_')]/@value")
    assert offered
    assert set(offered) == {written}


def test_errata_stay_in_every_later_publication(edition: Edition, cast: Cast) -> None:
    publish(edition, cast)
    correct_to("72.5%", edition, cast)
    changes = queries.preparation(edition, published_on=DAY).changes
    second = publish(edition, cast, reasons={change.key: "集計の誤り" for change in changes})
    third = publish(edition, cast)
    errata = [EditionDataset.from_json(bytes(p.dataset)).errata for p in (second, third)]
    assert errata[0] == errata[1] != ()


def test_publishing_the_same_again_asks_for_no_reason(edition: Edition, cast: Cast) -> None:
    publish(edition, cast)
    assert publish(edition, cast).number == 2


def test_only_the_latest_stands(edition: Edition, cast: Cast) -> None:
    first, second = publish(edition, cast), publish(edition, cast)
    first.refresh_from_db()
    assert (first.state, second.state) == ("replaced", "published")


def test_a_publication_that_cannot_be_printed_leaves_the_last_one_standing(
    edition: Edition, cast: Cast
) -> None:
    first = publish(edition, cast)
    before = (folder_of(first) / "manifest.json").read_bytes()
    second = freeze_with_every_indicator_twice(edition, cast)
    with pytest.raises(RuleViolation):
        services.print_publication(publication=second, by=cast.takahashi)
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.state, second.state) == ("published", "frozen")
    assert second.trouble
    assert (folder_of(first) / "manifest.json").read_bytes() == before


def freeze_with_every_indicator_twice(edition: Edition, cast: Cast) -> Publication:
    """A publication whose stored dataset contradicts itself, so that the printer refuses it."""
    frozen = services.freeze_edition(
        edition=edition, by=cast.takahashi, published_on=DAY, contact="", reasons={}
    )
    dataset = EditionDataset.from_json(bytes(frozen.dataset))
    torn = replace(dataset, indicators=(*dataset.indicators, *dataset.indicators))
    Publication.objects.filter(pk=frozen.pk).update(dataset=torn.canonical_json())
    frozen.refresh_from_db()
    return frozen


def test_withdrawing_needs_a_reason_and_clears_the_address(
    edition: Edition, cast: Cast, django_capture_on_commit_callbacks
) -> None:
    publication = publish(edition, cast)
    with pytest.raises(RuleViolation):
        services.withdraw_publication(publication=publication, by=cast.takahashi, reason=" ")
    with django_capture_on_commit_callbacks(execute=True):
        services.withdraw_publication(publication=publication, by=cast.takahashi, reason="様式の誤り")
    assert not folder_of(publication).exists()


def test_pages_stand_until_the_withdrawal_is_committed(edition: Edition, cast: Cast) -> None:
    publication = publish(edition, cast)
    with transaction.atomic():
        services.withdraw_publication(publication=publication, by=cast.takahashi, reason="様式の誤り")
        transaction.set_rollback(True)
    publication.refresh_from_db()
    assert publication.state == "published"
    assert (folder_of(publication) / "index.html").is_file()


def test_every_step_is_in_the_log(edition: Edition, cast: Cast) -> None:
    publish(edition, cast)
    assert audit.verify(cast.sakura) == []


def test_the_public_pages_need_no_sign_in_and_reach_nothing_else(
    edition: Edition, cast: Cast, client
) -> None:
    publication = publish(edition, cast)
    address = f"/public/{cast.sakura.slug}/e{publication.edition_id}/"
    page = client.get(address)
    assert page.status_code == 200
    assert "オンライン化率" in b"".join(page.streaming_content).decode()
    assert client.get("/public/../db.sqlite3").status_code == 404
    assert client.get("/public/%2e%2e/secret").status_code == 404


def test_a_stranger_sees_no_office_page_of_it(edition: Edition, cast: Cast, client) -> None:
    publication = publish(edition, cast)
    client.force_login(cast.nakamura)
    assert client.get(f"/publications/{publication.pk}/").status_code == 404


def test_the_office_freezes_and_then_prints_on_the_pages(edition: Edition, cast: Cast, page) -> None:
    address = f"/publications/editions/{edition.pk}/"
    page.get(address, as_=cast.takahashi)
    page.post(address, {"published_on": "2026-09-01", "contact": "行政改革課"}, as_=cast.takahashi)
    publication = Publication.objects.get()
    assert publication.state == "frozen"
    page.post(f"/publications/{publication.pk}/print/", {}, as_=cast.takahashi)
    publication.refresh_from_db()
    assert (publication.state, publication.contact) == ("published", "行政改革課")
    page.get(f"/publications/{publication.pk}/", as_=cast.sato)
    page.get("/publications/", as_=cast.sato)


def test_an_edition_of_which_nothing_is_public_is_listed_as_such(edition: Edition, cast: Cast, page) -> None:
    opened = page.get("/publications/", as_=cast.takahashi)
    assert opened.says("まだ公表していません")


def test_after_publication_an_overall_rating_is_changed_only_with_an_erratum(
    edition: Edition, cast: Cast
) -> None:
    plans.choose_overall_policy(edition=edition, policy=Policy(Method.GRADE_POINTS), by=cast.takahashi)
    section = edition.sections.get(pk=edition.indicators.get().section_id)
    publish(Edition.objects.get(pk=edition.pk), cast)
    plans.settle_overall(
        section=section,
        level="概ね順調",
        reason="年度末に達したため。",
        decider="本部会議",
        by=cast.takahashi,
    )
    fresh = Edition.objects.get(pk=edition.pk)
    prepared = queries.preparation(fresh, published_on=DAY)
    assert [(c.where, c.old, c.new) for c in prepared.changes if c.key.startswith("overall")] == [
        (f"「{section}」の総合評価", "やや遅れ", "概ね順調　年度末に達したため。")
    ]
    with pytest.raises(RuleViolation, match="総合評価"):
        publish(fresh, cast)
