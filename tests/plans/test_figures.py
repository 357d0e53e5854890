"""What may be entered for an indicator, what is refused, and how a value settles and is corrected."""

from __future__ import annotations

from decimal import Decimal

import pytest

from kaikaku.audit.models import Entry
from kaikaku.core.errors import RuleViolation
from kaikaku.plans import services
from kaikaku.plans.entries import (
    FigureFields,
    IndicatorFields,
)
from kaikaku.plans.models import Edition, Indicator
from tests.cast import Cast
from tests.plans.test_services import actual, figure_of, last_entry, refused

pytestmark = pytest.mark.django_db


def test_a_value_keeps_its_text_and_is_understood(online: Indicator) -> None:
    target = figure_of(online, "target")
    assert (target.text, target.value, target.unit, target.fiscal_year) == ("100%", Decimal(100), "%", 2024)


def test_the_year_printed_in_a_value_goes_before_that_of_its_column(edition: Edition) -> None:
    leave = edition.indicators.get(name__startswith="男性職員")
    target = figure_of(leave, "target")
    assert (target.fiscal_year, target.column_year) == (2025, 2024)


def test_a_printed_window_makes_an_indicator_cumulative_and_holds_for_its_actual(edition: Edition) -> None:
    savings = edition.indicators.get(name__contains="経費削減額")
    assert savings.accumulation == "cumulative"
    assert figure_of(savings, "actual").cumulative_from == 2021
    assert (figure_of(savings, "baseline").value, figure_of(savings, "baseline").reason) == (None, "dash")


def test_what_cannot_be_read_is_refused_with_an_example(cast: Cast, online: Indicator) -> None:
    with pytest.raises(RuleViolation, match="「1OO%」を数値として読み取れません"):
        services.set_figure(indicator=online, fields=actual("1OO%", 2023), by=cast.takahashi)


def test_a_value_of_another_unit_is_refused(cast: Cast, online: Indicator) -> None:
    with refused("unit_differs"):
        services.set_figure(indicator=online, fields=actual("80人", 2023), by=cast.takahashi)


def test_an_empty_value_needs_a_reason_and_zero_does_not(cast: Cast, online: Indicator) -> None:
    with refused("figure_empty"):
        services.set_figure(indicator=online, fields=actual("", 2023), by=cast.takahashi)
    zero = services.set_figure(indicator=online, fields=actual("0%", 2023), by=cast.takahashi)
    assert zero.value == 0
    none = services.set_figure(
        indicator=online, fields=actual("", 2024, reason="survey_cancelled"), by=cast.takahashi
    )
    assert (none.value, none.reason) == (None, "survey_cancelled")


def test_a_projected_value_settles_without_a_reason_and_stays_as_history(
    cast: Cast, online: Indicator
) -> None:
    first = services.set_figure(
        indicator=online, fields=actual("80%", 2023, status="projected"), by=cast.takahashi
    )
    settled = services.set_figure(indicator=online, fields=actual("82%", 2023), by=cast.takahashi)
    first.refresh_from_db()
    assert (first.is_current, settled.supersedes, settled.status) == (False, first, "confirmed")


def test_a_confirmed_value_is_not_overwritten_but_corrected_with_a_reason(
    cast: Cast, online: Indicator
) -> None:
    with refused("figure_confirmed"):
        services.set_figure(indicator=online, fields=actual("72%"), by=cast.takahashi)
    old = figure_of(online, "actual")
    with refused("words_missing"):
        services.correct_figure(figure=old, fields=actual("72%"), reason="", by=cast.takahashi)
    new = services.correct_figure(figure=old, fields=actual("72%"), reason="集計誤り", by=cast.takahashi)
    assert (new.status, new.supersedes, new.change_reason) == ("revised", old, "集計誤り")
    assert (last_entry().old["text"], last_entry().new["text"]) == ("71.5%", "72%")


def test_a_corrected_value_cannot_be_corrected_twice(cast: Cast, online: Indicator) -> None:
    old = figure_of(online, "actual")
    services.correct_figure(figure=old, fields=actual("72%"), reason="集計誤り", by=cast.takahashi)
    with refused("figure_superseded"):
        services.correct_figure(figure=old, fields=actual("73%"), reason="集計誤り", by=cast.takahashi)


def test_entering_what_stands_already_changes_nothing(cast: Cast, online: Indicator) -> None:
    before = Entry.objects.count()
    services.set_figure(indicator=online, fields=actual("71.5%"), by=cast.takahashi)
    assert Entry.objects.count() == before


def test_yearly_amounts_and_running_totals_are_never_mixed(
    cast: Cast, edition: Edition, online: Indicator
) -> None:
    savings = edition.indicators.get(name__contains="経費削減額")
    with refused("window_differs"):
        services.set_figure(
            indicator=savings, fields=actual("90億円", 2023, cumulative_from=2022), by=cast.takahashi
        )
    fields = IndicatorFields(name=online.name, unit="%", direction="up", accumulation="flow")
    services.revise_indicator(indicator=online, fields=fields, by=cast.takahashi)
    with refused("accumulation_mixed"):
        services.set_figure(
            indicator=online, fields=actual("80%", 2023, cumulative_from=2021), by=cast.takahashi
        )


def test_a_first_value_with_a_printed_window_settles_that_an_indicator_accumulates(
    cast: Cast, edition: Edition
) -> None:
    fields = IndicatorFields(name="財源確保額", unit="円", direction="up")
    made = services.add_indicator(edition=edition, section=None, fields=fields, by=cast.takahashi)
    target = FigureFields(role="target", text="120億円(R3~R6年度累計)")
    services.set_figure(indicator=made, fields=target, by=cast.takahashi)
    services.set_figure(indicator=made, fields=actual("75.6億円"), by=cast.takahashi)
    made.refresh_from_db()
    assert made.accumulation == "cumulative"
    assert figure_of(made, "actual").cumulative_from == 2021


def test_how_an_indicator_accumulates_is_locked_once_a_result_stands(cast: Cast, edition: Edition) -> None:
    savings = edition.indicators.get(name__contains="経費削減額")
    fields = IndicatorFields(name=savings.name, unit="円", direction="up", accumulation="flow")
    with refused("accumulation_locked"):
        services.revise_indicator(indicator=savings, fields=fields, by=cast.takahashi)


def test_a_year_in_the_text_that_contradicts_the_field_is_refused(cast: Cast, online: Indicator) -> None:
    with refused("year_differs"):
        services.set_figure(indicator=online, fields=actual("80%(R6)", 2023), by=cast.takahashi)


def test_a_number_longer_than_the_database_keeps_exactly_is_refused(cast: Cast, online: Indicator) -> None:
    with refused("figure_too_long"):
        services.set_figure(indicator=online, fields=actual("1234567890123456%", 2023), by=cast.takahashi)


def test_an_indicator_is_shown_again_elsewhere_but_not_at_home(
    cast: Cast, edition: Edition, online: Indicator
) -> None:
    one, two, _ = edition.sections.order_by("position")
    with refused("cross_listed_at_home"):
        services.set_cross_listing(indicator=online, sections=[one], by=cast.takahashi)
    services.set_cross_listing(indicator=online, sections=[two], by=cast.takahashi)
    assert list(online.cross_listed.all()) == [two]
