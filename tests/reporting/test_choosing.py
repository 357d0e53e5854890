"""How the office finds what an indicator may be bound to."""

from decimal import Decimal

from kaikaku.core.indicators import Accumulation
from kaikaku.reporting.choosing import Offer, offer
from kaikaku.reporting.computing import Wanted
from kaikaku.reporting.measuring import Measured, Metric, OfferedBy, insiders
from tests.cast import Cast
from tests.pages import Page
from tests.reporting.bound import Office


def metric(code: str, name: str, unit: str = "件", of: Accumulation = Accumulation.FLOW) -> Metric:
    return Metric(
        code=code,
        name=name,
        definition=f"{name}です。",
        unit=unit,
        accumulation=of,
        measure=lambda *_: Measured(Decimal(1), unit),
        visible=insiders,
    )


APPS = (
    OfferedBy(
        "ledgers",
        "台帳",
        (
            metric("ledgers.a.new", "包括連携協定：新しく結んだ協定"),
            metric("ledgers.a.standing", "包括連携協定：年度末の協定数", of=Accumulation.STOCK),
            metric("ledgers.p.share", "行政手続：オンライン化率", "%"),
        ),
    ),
    OfferedBy(
        "bpr", "業務改革", (metric("bpr.started", "着手した件数"), metric("bpr.hours", "削減時間", "時間"))
    ),
)


def found(words: str = "", name: str = "企業との包括連携協定の数") -> Offer:
    return offer(APPS, Wanted("件", "flow"), name=name, words=words)


def test_what_fits_stands_apart_from_what_does_not_by_app() -> None:
    seen = found()
    assert [(g.name, [c.metric.code for c in g.choices]) for g in seen.fitting] == [
        ("台帳", ["ledgers.a.new"]),
        ("業務改革", ["bpr.started"]),
    ]
    assert (seen.found, seen.refused, seen.total) == (2, 3, 5)
    assert all(choice.against for group in seen.unfitting for choice in group.choices)


def test_words_are_looked_for_in_names_units_and_apps_whatever_their_width() -> None:
    assert [c.metric.code for g in found("ｵﾝﾗｲﾝ").unfitting for c in g.choices] == ["ledgers.p.share"]
    assert found("台帳 協定").found == 1
    assert found("時間").refused == 1
    assert found("ない言葉").total == 5


def test_names_that_are_near_the_indicators_own_come_first() -> None:
    assert [choice.metric.code for choice in found().near] == ["ledgers.a.new"]
    assert found(name="窓口の待ち人数").near == ()
    assert found("協定").near == ()


def test_the_page_finds_by_words_and_tells_how_many(cast: Cast, page: Page) -> None:
    office = Office(cast)
    url = f"/reports/indicators/{office.indicator.pk}/bind/"
    assert page.get(url, as_=cast.takahashi).says("指標の名称に近いもの")
    narrowed = page.get(url, q="差戻し")
    assert narrowed.says("「差戻し」を含むもののうち、この指標に使えるもの1件")
    assert page.get(url, q="宇宙").says("ほかの言葉で探してください")


def test_another_governments_metrics_are_not_offered(cast: Cast, page: Page) -> None:
    office = Office(cast)
    page.get(f"/reports/indicators/{office.indicator.pk}/bind/", as_=cast.tanaka, status=404)
