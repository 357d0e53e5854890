"""A figure whose source is switched off: it says so, what was frozen stays, and the round goes on by hand."""

from collections.abc import Iterator

import pytest
from django.conf import settings
from django.test import override_settings

from kaikaku.home import queries as home
from kaikaku.org.models import User
from kaikaku.reporting import queries, services
from kaikaku.reporting.models import Binding
from tests.cast import Cast
from tests.pages import Page
from tests.reporting.bound import Office, bound_office
from tests.reporting.conftest import YEAR, reasons


@pytest.fixture
def without_bpr() -> Iterator[None]:
    left = [app for app in settings.INSTALLED_APPS if "bpr" not in app]
    with override_settings(INSTALLED_APPS=left):
        yield


def made_of_bpr() -> None:
    """As if it had been bound to the register of re-engineered work."""
    Binding.objects.update(metric="bpr.started", app_name="業務改革", metric_name="業務改革に着手した件数")


@pytest.fixture
def frozen(cast: Cast) -> Office:
    office = bound_office(cast)
    office.accepted()
    made_of_bpr()
    return office


@pytest.fixture
def asked(cast: Cast) -> Office:
    office = bound_office(cast)
    made_of_bpr()
    return office


def test_the_page_says_that_the_source_is_off_and_keeps_what_was_frozen(
    frozen: Office, without_bpr: None, page: Page
) -> None:
    office = frozen.cast.takahashi
    year = page.get(f"/reports/indicators/{frozen.indicator.pk}/{YEAR}/", as_=office)
    assert year.says("アプリ「業務改革」を使っていません。")
    assert year.says("確認したときの記録（2件）")
    assert not year.says("確認後に変更あり")
    assert not year.find("//a[contains(., '記録に合わせて訂正する')]")
    plain = page.get(f"/plans/indicators/{frozen.indicator.pk}/")
    assert plain.says("2件")
    assert not plain.says("確認した後に変わっています")


def test_nobody_is_asked_about_records_that_cannot_be_looked_at(
    frozen: Office, without_bpr: None, page: Page
) -> None:
    assert page.get("/reports/bindings/", as_=frozen.cast.takahashi).says("計算のもとが使えません")
    assert home.tasks_of(frozen.cast.takahashi) == []


def test_the_round_goes_on_by_hand(
    asked: Office, without_bpr: None, cast: Cast, page: Page, kacho: User
) -> None:
    sheet = asked.open()
    form = page.get(f"/reports/sheets/{sheet.pk}/fill/", as_=cast.sato)
    assert form.says("アプリ「業務改革」を使っていません。")
    services.set_aside(sheet=sheet, row=asked.row(sheet), reason="台帳を使わなくなったため", by=cast.sato)
    sheet.refresh_from_db()
    typed = asked.fill(sheet, text="7件")
    sent = services.submit_sheet(sheet=typed, explanations=reasons(typed), by=cast.sato)
    assert page.get(f"/reports/sheets/{sent.pk}/", as_=kacho).says("台帳を使わなくなったため")
    sent = services.confirm(sheet=sent, by=kacho)
    services.accept(sheet=services.bundle(sheet=sent, by=cast.suzuki), by=cast.takahashi)
    figure = asked.indicator.figures.get(role="actual", fiscal_year=YEAR, is_current=True)
    assert (figure.value, figure.provenance) == (7, "")
    assert queries.frozen_years(asked.indicator) == {}
