"""A bound indicator from its binding to its correction, on real records."""

from decimal import Decimal

import pytest
from django.db import transaction
from django.test import override_settings

from kaikaku.audit.models import Entry
from kaikaku.core.errors import RuleViolation
from kaikaku.org.models import User
from kaikaku.plans import services as plans
from kaikaku.plans.entries import EditionFields, IndicatorFields
from kaikaku.reporting import measuring, queries, services
from kaikaku.reporting.computing import Wanted, disagreements, live
from kaikaku.reporting.entries import BindingFields
from kaikaku.reporting.freezing import digest, read_content
from kaikaku.reporting.measuring import Measured
from kaikaku.reporting.models import Binding, Frozen, Sheet
from tests.cast import Cast
from tests.reporting.bound import BOUND, Office, never_sent_back, send_back
from tests.reporting.conftest import YEAR


@pytest.fixture
def office(cast: Cast) -> Office:
    return Office(cast)


@pytest.fixture
def bound(office: Office) -> Office:
    office.bind()
    return office


def confirmed(office: Office, kacho: User) -> Sheet:
    return services.confirm(sheet=office.submit(office.open()), by=kacho)


def accepted(office: Office, kacho: User) -> Sheet:
    sheet = confirmed(office, kacho)
    sheet = services.bundle(sheet=sheet, by=office.cast.suzuki)
    return services.accept(sheet=sheet, by=office.cast.takahashi)


# binding


def test_only_the_office_binds(office: Office, cast: Cast) -> None:
    with pytest.raises(RuleViolation, match="事務局だけ"):
        services.bind(indicator=office.indicator, fields=BOUND, by=cast.sato)


def test_hours_are_not_taken_for_cases(office: Office) -> None:
    share = BindingFields("reporting.on_time_share", YEAR)
    with pytest.raises(RuleViolation, match="この指標は「件」、「調書の期限内提出率」は「%」です"):
        office.bind(share)


def test_a_level_is_not_taken_for_a_years_amount(office: Office) -> None:
    with pytest.raises(RuleViolation, match="数え方が違います"):
        office.bind(BindingFields("reviews.overdue", YEAR))


def test_units_agree_when_their_base_units_do() -> None:
    metric = measuring.Metric(
        code="bpr.hours", name="削減時間", definition="", unit="時間",
        accumulation=measuring.Accumulation.FLOW, measure=lambda *_: Measured(Decimal(1), "時間"),
        visible=measuring.insiders,
    )  # fmt: skip
    assert not disagreements(metric, Wanted("万時間"))
    assert disagreements(metric, Wanted("件"))
    assert "単位が決まっていません" in disagreements(metric, Wanted(""))[0]


def test_a_running_total_says_its_window() -> None:
    metric = measuring.Metric(
        code="bpr.total", name="累計の削減時間", definition="", unit="時間",
        accumulation=measuring.Accumulation.CUMULATIVE, measure=lambda *_: Measured(Decimal(1), "時間"),
        visible=measuring.insiders,
    )  # fmt: skip
    total = Measured(Decimal("16842.5"), "時間", cumulative_from=2021)
    said = live(metric, total, Wanted("時間", "cumulative"), fiscal_year=2024)
    assert (said.text, said.value) == ("16,843時間（R3～R6年度累計）", Decimal(16843))
    other = live(metric, total, Wanted("時間", "cumulative", window=2019), fiscal_year=2024)
    assert (other.text, other.value) == ("", None)
    assert "累計の始まりが違います" in other.reason


def test_an_option_that_is_not_one_is_refused(office: Office) -> None:
    with pytest.raises(RuleViolation, match="「照会の種類」に選んだものは、一覧にありません"):
        office.bind(BindingFields("reporting.returned", YEAR, {"kind": "weekly"}))


def test_an_indicator_is_bound_once(bound: Office) -> None:
    with pytest.raises(RuleViolation, match="先に解いてください"):
        bound.bind()


def test_binding_and_letting_go_are_put_on_record_with_their_reason(bound: Office, cast: Cast) -> None:
    services.unbind(indicator=bound.indicator, reason="数え方を見直すため", by=cast.takahashi)
    rows = Entry.objects.filter(action__startswith="reporting.binding")
    said = list(rows.order_by("pk").values_list("action", "note"))
    assert said == [
        ("reporting.binding.bound", "手で数えていたもの"),
        ("reporting.binding.ended", "数え方を見直すため"),
    ]
    assert queries.bound_of(bound.indicator) is None
    assert Binding.objects.get().end_reason == "数え方を見直すため"


def test_a_binding_is_carried_to_the_next_editions_indicator(bound: Office, cast: Cast) -> None:
    draft = plans.draft_next_edition(
        edition=bound.edition, fields=EditionFields("令和7年度の取組", fiscal_year=2025), by=cast.takahashi
    )
    heir = draft.indicators.get(name=bound.indicator.name)
    found = queries.bound_of(heir)
    assert found is not None
    assert found.inherited
    plans.revise_indicator(indicator=heir, fields=IndicatorFields("差戻しの数", unit="件"), by=None)
    assert queries.bound_of(heir) is not None


def test_letting_go_in_the_next_edition_leaves_the_last_one_bound(bound: Office, cast: Cast) -> None:
    draft = plans.draft_next_edition(
        edition=bound.edition, fields=EditionFields("令和7年度の取組", fiscal_year=2025), by=cast.takahashi
    )
    heir = draft.indicators.get(name=bound.indicator.name)
    services.unbind(indicator=heir, reason="手で数えるため", by=cast.takahashi)
    assert queries.bound_of(heir) is None
    assert queries.bound_of(bound.indicator) is not None


# in the sheet


def test_a_round_opens_with_the_computed_value(bound: Office) -> None:
    row = bound.row(bound.open())
    assert (row.text, row.value) == ("2件", 2)


def test_nobody_types_a_bound_figure_but_its_notes_are_kept(bound: Office) -> None:
    sheet = bound.fill(bound.open(), text="99件", external_factor="様式が変わった", reason_note="補足")
    row = bound.row(sheet)
    assert (row.text, row.external_factor, row.reason_note) == ("2件", "様式が変わった", "補足")


def test_a_save_takes_what_the_records_say_by_then(bound: Office, cast: Cast) -> None:
    sheet = bound.open()
    send_back(bound.earlier, cast.suzuki)
    assert bound.row(bound.fill(sheet)).text == "3件"


def test_no_value_is_none_with_the_metrics_reason(cast: Cast) -> None:
    office = Office(cast)
    plans.revise_indicator(
        indicator=office.indicator,
        fields=IndicatorFields(office.indicator.name, unit="%", accumulation="flow"),
        by=None,
    )
    office.bind(BindingFields("reviews.answered_share", 2022))
    row = office.row(office.open())
    assert (row.text, row.value, row.reason) == ("", None, "other")
    assert row.reason_note == "令和5年度の会議に、委員の意見がありません。"


def test_a_year_before_the_binding_is_typed(office: Office) -> None:
    office.bind(BindingFields("reporting.returned", YEAR + 1))
    sheet = office.open()
    assert queries.bound_rows(sheet) == set()
    assert office.row(office.fill(sheet, text="5件")).text == "5件"


def test_the_rows_that_nobody_types_are_known(bound: Office) -> None:
    sheet = bound.open()
    assert queries.bound_rows(sheet) == {bound.row(sheet).pk}


def test_a_year_is_set_aside_with_a_reason_and_taken_back(bound: Office, cast: Cast) -> None:
    sheet = bound.open()
    row = bound.row(sheet)
    with pytest.raises(RuleViolation, match="理由を入力してください"):
        services.set_aside(sheet=sheet, row=row, reason=" ", by=cast.sato)
    services.set_aside(sheet=sheet, row=row, reason="記録が一部しかないため", by=cast.sato)
    sheet.refresh_from_db()
    typed = bound.fill(sheet, text="7件")
    assert bound.row(typed).text == "7件"
    again = services.resume(sheet=typed, row=bound.row(typed), by=cast.sato)
    assert bound.row(again).text == "2件"


def test_an_app_switched_off_leaves_the_binding_readable(bound: Office) -> None:
    from django.conf import settings

    Binding.objects.update(metric="reviews.overdue", app_name="点検・見直し", metric_name="期限超過")
    left = [app for app in settings.INSTALLED_APPS if "reviews" not in app]
    with override_settings(INSTALLED_APPS=left):
        found = queries.bound_of(bound.indicator)
        assert found is not None
        facts = queries.facts_for(bound.indicator)
        said = queries.live_of(found, facts, fiscal_year=YEAR, organisation=bound.cast.sakura)
    assert (said.value, said.reason) == (None, "アプリ「点検・見直し」を使っていません。")
    assert found.binding.metric_name == "期限超過"


# freezing


def test_confirming_freezes_the_value_with_its_records(bound: Office, kacho: User) -> None:
    sheet = confirmed(bound, kacho)
    kept = Frozen.objects.get()
    content = read_content(kept.content)
    assert (kept.row, kept.value, kept.records, kept.by) == (bound.row(sheet), 2, 2, kacho)
    assert [one.contribution for one in content.records] == [Decimal(1), Decimal(1)]
    assert kept.sha256 == digest(content.canonical())


def test_what_is_confirmed_is_what_was_seen(bound: Office, cast: Cast, kacho: User) -> None:
    sheet = bound.submit(bound.open())
    send_back(bound.earlier, cast.suzuki)
    with pytest.raises(RuleViolation, match="値が「2件」から「3件」になりました"):
        services.confirm(sheet=sheet, by=kacho)
    assert not Frozen.objects.exists()
    fresh = services.recompute(sheet=sheet, by=kacho)
    services.confirm(sheet=fresh, by=kacho)
    assert Frozen.objects.get().value == 3


def test_a_freeze_and_its_confirmation_are_one(bound: Office, kacho: User) -> None:
    sheet = bound.submit(bound.open())

    @transaction.atomic
    def cut_off() -> None:
        services.confirm(sheet=sheet, by=kacho)
        assert Frozen.objects.count() == 1
        raise InterruptedError

    with pytest.raises(InterruptedError):
        cut_off()
    sheet.refresh_from_db()
    assert (sheet.state, Frozen.objects.count()) == ("submitted", 0)


def test_a_sheet_that_says_nothing_to_report_freezes_nothing(bound: Office, cast: Cast, kacho: User) -> None:
    sheet = services.answer_none(sheet=bound.open(), reason="所管の取組が終了したため", by=cast.sato)
    services.confirm(sheet=sheet, by=kacho)
    assert not Frozen.objects.exists()


def test_returning_thaws_and_the_next_confirmation_freezes_anew(
    bound: Office, cast: Cast, kacho: User
) -> None:
    sheet = services.return_sheet(sheet=confirmed(bound, kacho), reason="確かめてください", by=kacho)
    assert queries.frozen_of([bound.row(sheet)]) == {}
    send_back(bound.earlier, cast.suzuki)
    services.confirm(sheet=bound.submit(sheet), by=kacho)
    assert queries.frozen_of([bound.row(sheet)])[bound.row(sheet).pk].value == 3
    assert Frozen.objects.count() == 2


def test_undoing_a_return_freezes_again_what_it_thawed(bound: Office, kacho: User) -> None:
    sheet = confirmed(bound, kacho)
    back = services.return_sheet(sheet=sheet, reason="確かめてください", by=kacho)
    services.undo(sheet=back, by=kacho)
    assert queries.frozen_of([bound.row(sheet)])


def test_undoing_a_confirmation_thaws(bound: Office, kacho: User) -> None:
    sheet = confirmed(bound, kacho)
    services.undo(sheet=sheet, by=kacho)
    assert queries.frozen_of([bound.row(sheet)]) == {}


def test_a_confirmed_value_is_not_computed_anew(bound: Office, cast: Cast, kacho: User) -> None:
    sheet = confirmed(bound, kacho)
    with pytest.raises(RuleViolation, match="固定されています"):
        services.recompute(sheet=sheet, by=cast.takahashi)


def test_acceptance_writes_the_value_and_says_what_it_comes_from(bound: Office, kacho: User) -> None:
    accepted(bound, kacho)
    figure = bound.indicator.figures.get(role="actual", fiscal_year=YEAR, is_current=True)
    kept = Frozen.objects.get()
    assert (figure.value, figure.status) == (2, "confirmed")
    assert figure.provenance == (
        f"「調書の差戻し件数」の記録2件から自動集計した値です（照合値 {kept.sha256[:12]}）。"
    )


def test_what_records_say_later_shows_as_a_difference(bound: Office, cast: Cast, kacho: User) -> None:
    accepted(bound, kacho)
    never_sent_back(bound.moves[0])
    more = [send_back(bound.earlier, cast.suzuki) for _ in range(2)]
    found = queries.since_frozen(cast.takahashi, bound.indicator, YEAR)
    assert found is not None
    assert (found.differences.old, found.differences.new) == (Decimal(2), Decimal(3))
    assert len(found.differences.gone) == 1
    assert len(found.differences.added) == len(more)


def test_the_office_corrects_the_plan_from_the_records(bound: Office, cast: Cast, kacho: User) -> None:
    accepted(bound, kacho)
    send_back(bound.earlier, cast.suzuki)
    first = Frozen.objects.get()
    services.correct_from_records(frozen=first, reason="記録の追加", by=cast.takahashi)
    figure = bound.indicator.figures.get(role="actual", fiscal_year=YEAR, is_current=True)
    assert (figure.value, figure.status, figure.change_reason) == (3, "revised", "記録の追加")
    row = first.row
    assert queries.frozen_of([row])[row.pk].value == 3


def test_before_acceptance_a_difference_is_a_reason_to_return(bound: Office, cast: Cast, kacho: User) -> None:
    confirmed(bound, kacho)
    with pytest.raises(RuleViolation, match="差し戻すと"):
        services.correct_from_records(frozen=Frozen.objects.get(), reason="追加", by=cast.takahashi)
