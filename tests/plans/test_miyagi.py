"""宮城県 R7 and R8, imported independently: all sixteen initiatives survive, none by its number."""

from __future__ import annotations

from collections import Counter

import pytest
from django.urls import reverse

from kaikaku.plans import queries, services
from kaikaku.plans.entries import EditionFields, FilledSection, Filling, SectionFields
from kaikaku.plans.models import Edition, Plan
from tests.cast import Cast
from tests.pages import Opened, Page
from tests.plans import miyagi

pytestmark = pytest.mark.django_db

REASON = "年度の見直しによる"


@pytest.fixture
def r7(plan: Plan) -> Edition:
    made = services.create_edition(plan=plan, fields=EditionFields("令和7年度", 2025), by=None)
    services.build_edition(edition=made, filling=miyagi.r7(), by=None)
    return made


@pytest.fixture
def r8(plan: Plan, r7: Edition) -> Edition:
    made = services.create_edition(plan=plan, fields=EditionFields("令和8年度", 2026), by=None)
    services.build_edition(edition=made, filling=miyagi.r8(), by=None)
    return made


def match_page(page: Page, r8: Edition, cast: Cast) -> Opened:
    return page.get(reverse("plans:match", args=[r8.pk]), as_=cast.takahashi)


def confirm_sure(page: Page, r8: Edition, cast: Cast) -> Opened:
    """Open the proposals and confirm all sure ones, as a person does with one press."""
    opened = match_page(page, r8, cast)
    taken = opened.find("//input[@name='take'][@checked]/@value")
    return page.post(reverse("plans:match", args=[r8.pk]), {"take": taken, "reason": REASON})


def decide_doubtful(page: Page, r7: Edition, r8: Edition, cast: Cast) -> None:
    """Decide the others one by one: as proposed where there are two sides, as new or ended where not."""
    while doubtful := queries.matching(r7, r8).doubtful:
        offer = doubtful[0]
        assert offer.new is not None, f"{offer.old} was not proposed an heir"
        address = reverse("plans:link_section", args=[offer.new.key])
        data = {"kind": offer.kind, "origin": offer.old.key if offer.old else "", "reason": REASON}
        page.post(f"{address}?from={r7.pk}", data, as_=cast.takahashi)


def test_all_sixteen_survive_by_proposals_that_a_person_confirms(
    cast: Cast, page: Page, r7: Edition, r8: Edition
) -> None:
    confirm_sure(page, r8, cast)
    decide_doubtful(page, r7, r8, cast)
    found = {
        row.old.title: row.new.title
        for row in queries.changes(r7, r8)
        if row.old is not None and row.new is not None and row.old.depth == 2
    }
    assert found == miyagi.HEIRS


def test_the_four_directions_are_carried(cast: Cast, page: Page, r7: Edition, r8: Edition) -> None:
    confirm_sure(page, r8, cast)
    kinds = {row.old.number: row.kind for row in queries.changes(r7, r8) if row.old and row.old.depth == 1}
    assert kinds == {"I": "carried", "II": "carried", "III": "carried", "IV": "carried"}


def test_other_numbers_give_the_same_proposals(cast: Cast, plan: Plan, r7: Edition, r8: Edition) -> None:
    def pairs() -> set[tuple[str, str]]:
        found = queries.matching(r7, r8)
        return {(o.old.title, o.new.title) for o in (*found.sure, *found.doubtful) if o.old and o.new}

    before = pairs()
    for place, section in enumerate(r7.sections.order_by("-pk")):
        section.number = f"({place})"
        section.save(update_fields=["number"])
    assert pairs() == before


def test_what_only_a_person_can_tell_is_left_for_them_one_by_one(
    cast: Cast, page: Page, r7: Edition, r8: Edition
) -> None:
    doubtful = [o.new.title for o in queries.matching(r7, r8).doubtful if o.old and o.new]
    assert "補助金業務のアウトソーシングの推進" in doubtful
    opened = match_page(page, r8, cast)
    assert opened.find("//a[contains(., '決める')][contains(., '補助金業務のアウトソーシングの推進')]")
    assert opened.says("番号は手がかりにしていません")


def test_a_pair_left_unticked_stays_undecided(cast: Cast, page: Page, r7: Edition, r8: Edition) -> None:
    opened = match_page(page, r8, cast)
    taken = opened.find("//input[@name='take']/@value")
    page.post(reverse("plans:match", args=[r8.pk]), {"take": taken[1:], "reason": REASON})
    assert [offer.key for offer in queries.matching(r7, r8).sure] == [taken[0]]


def test_confirming_revised_pairs_without_a_reason_confirms_none(
    cast: Cast, page: Page, r7: Edition, r8: Edition
) -> None:
    taken = match_page(page, r8, cast).find("//input[@name='take']/@value")
    opened = page.post(reverse("plans:match", args=[r8.pk]), {"take": taken, "reason": ""}, status=400)
    assert any("理由" in error for error in opened.errors)
    assert not r7.plan.lineage.exists()


def test_the_proposal_is_filled_in_where_it_is_decided(
    cast: Cast, page: Page, r7: Edition, r8: Edition
) -> None:
    offer = next(o for o in queries.matching(r7, r8).doubtful if o.old and o.new)
    assert offer.new is not None
    assert offer.old is not None
    address = match_page(page, r8, cast).find(f"//a[contains(@href, '/sections/{offer.new.key}/')]/@href")
    opened = page.get(next(one for one in address if "origin=" in one))
    assert opened.find("//select[@name='origin']/optgroup/option[@selected]/@value") == [str(offer.old.key)]


def test_the_comparison_shows_old_and_new_words_with_the_reason(
    cast: Cast, page: Page, r7: Edition, r8: Edition
) -> None:
    confirm_sure(page, r8, cast)
    decide_doubtful(page, r7, r8, cast)
    opened = page.get(reverse("plans:changes", args=[r8.pk]), as_=cast.sato)
    row = "//tr[td//a[contains(., '電子契約の定着と利用拡大')]]"
    assert opened.texts(f"{row}/td[1]//del") == ["導入・推進"]
    assert "定着と利用拡大" in opened.texts(f"{row}/td[2]//ins")
    assert REASON in opened.texts(f"{row}/td[3]")[0]


def test_the_comparison_is_narrowed_by_kind_and_received_as_csv(
    cast: Cast, page: Page, r7: Edition, r8: Edition
) -> None:
    confirm_sure(page, r8, cast)
    decide_doubtful(page, r7, r8, cast)
    kinds = Counter(row.kind for row in queries.changes(r7, r8))
    address = reverse("plans:changes", args=[r8.pk])
    opened = page.get(address, as_=cast.sato, kind="added")
    assert len(opened.find("//table//tbody/tr")) == kinds["added"]
    answer = page.client.get(address, {"kind": "carried", "format": "csv"}).content.decode("utf-8-sig")
    assert len(answer.splitlines()) == kinds["carried"] + 1 or "ペーパーレスの推進" in answer
    assert "電子契約の定着" not in answer


def test_a_decision_can_be_taken_back_and_is_offered_again(
    cast: Cast, page: Page, r7: Edition, r8: Edition
) -> None:
    confirm_sure(page, r8, cast)
    part = r8.sections.get(title="庁内複業の推進")
    services.unlink_lineage(link=part.origins.get(), reason="確かめ直す", by=cast.takahashi)
    offered = {o.new.title for o in queries.matching(r7, r8).sure if o.new}
    assert offered == {"庁内複業の推進"}


def test_an_initiative_that_was_dropped_is_said_to_have_ended(
    cast: Cast, page: Page, r7: Edition, r8: Edition
) -> None:
    section = r7.sections.get(title="庁内複業の推進")
    address = f"{reverse('plans:gone_section', args=[section.pk])}?to={r8.pk}"
    page.post(address, {"outcome": "solved", "reason": "定着した"}, as_=cast.takahashi)
    assert section.heirs.get().kind == "ended"


def test_the_life_of_an_initiative_is_one_page(cast: Cast, page: Page, r7: Edition, r8: Edition) -> None:
    confirm_sure(page, r8, cast)
    decide_doubtful(page, r7, r8, cast)
    heir = r8.sections.get(title="持続可能な指定管理者制度の構築")
    opened = page.get(reverse("plans:section_life", args=[heir.pk]), as_=cast.sato)
    stages = opened.texts("//ol[@class='life']/li")
    assert len(stages) == 2
    assert "指定管理者制度の運用見直し" in stages[0]
    assert "改定" in stages[1]
    from_the_old = reverse("plans:section_life", args=[heir.origins.get().from_section_id])
    assert page.get(from_the_old).texts("//ol[@class='life']/li") == stages


def test_in_a_large_plan_equal_titles_are_paired_first_and_the_rest_by_likeness(
    cast: Cast, plan: Plan
) -> None:
    titles = [f"業務{number}番の手順書の整備" for number in range(100, 170)]
    editions = []
    for year, names in ((2025, [*titles, "電子契約の導入・推進"]), (2026, ["電子契約の導入と定着", *titles])):
        made = services.create_edition(plan=plan, fields=EditionFields(f"{year}年版", year), by=None)
        sections = tuple(FilledSection(SectionFields(name)) for name in names)
        services.build_edition(edition=made, filling=Filling(sections=sections), by=None)
        editions.append(made)
    found = queries.matching(*editions)
    pairs = [(o.old.title, o.new.title) for o in (*found.sure, *found.doubtful) if o.old and o.new]
    assert pairs == [*((title, title) for title in titles), ("電子契約の導入・推進", "電子契約の導入と定着")]
    assert {o.kind for o in found.sure if o.old and o.old.title in titles} == {"carried"}
