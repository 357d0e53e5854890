"""From acceptance to publication, and what may still happen after it."""

from datetime import date, timedelta

import pytest
from django.conf import settings

from kaikaku.audit import services as audit
from kaikaku.core.errors import RuleViolation
from kaikaku.org.models import User
from kaikaku.org.queries import today
from kaikaku.plans import services as plans
from kaikaku.plans.entries import FigureFields
from kaikaku.plans.models import Figure
from kaikaku.reporting import services
from kaikaku.reporting.entries import Correction, RoundFields
from kaikaku.reporting.models import Sheet
from tests.cast import Cast
from tests.pages import Page
from tests.reporting.conftest import DATES, YEAR, submit


@pytest.fixture
def accepted(cast: Cast, sheet: Sheet) -> Sheet:
    submit(sheet, cast)
    services.confirm(sheet=sheet, by=cast.suzuki)
    services.bundle(sheet=sheet, by=cast.suzuki)
    return services.accept(sheet=sheet, by=cast.takahashi)


def report(sheet: Sheet, by: User | None) -> list[Sheet]:
    return services.mark_reported(edition=sheet.round.edition, meeting="第2回本部会議", by=by)


def publish(sheet: Sheet, by: User | None) -> list[Sheet]:
    return services.mark_published(edition=sheet.round.edition, publication="第1回公表", by=by)


def state(sheet: Sheet) -> str:
    return Sheet.objects.get(pk=sheet.pk).state


def test_accepted_sheets_are_reported_then_published(cast: Cast, accepted: Sheet) -> None:
    report(accepted, cast.takahashi)
    assert state(accepted) == "reported"
    publish(accepted, cast.takahashi)
    told = [(move.action, move.reason) for move in accepted.moves.all()][-2:]
    assert told == [("report", "第2回本部会議に報告"), ("publish", "第1回公表")]
    assert state(accepted) == "published"
    assert audit.verify(cast.sakura) == []


def test_what_is_not_accepted_stays_where_it_is(cast: Cast, sheet: Sheet) -> None:
    submit(sheet, cast)
    assert report(sheet, cast.takahashi) == publish(sheet, cast.takahashi) == []
    assert state(sheet) == "submitted"


def test_a_publication_takes_up_what_no_meeting_has_dealt_with(cast: Cast, accepted: Sheet) -> None:
    publish(accepted, None)
    assert state(accepted) == "published"
    assert accepted.moves.last().by is None


def test_twice_is_once(cast: Cast, accepted: Sheet) -> None:
    assert len(report(accepted, cast.takahashi)) == 1
    assert report(accepted, cast.takahashi) == []


def test_an_answer_to_a_one_off_inquiry_is_not_published(cast: Cast, accepted: Sheet) -> None:
    one_off = services.open_round(
        edition=accepted.round.edition, fields=RoundFields(YEAR, "one_off", "臨時", DATES), by=None
    ).sheets.get()
    services.answer_none(sheet=one_off, reason="ありません", by=cast.sato)
    services.confirm(sheet=one_off, by=cast.suzuki)
    services.bundle(sheet=one_off, by=cast.suzuki)
    services.accept(sheet=one_off, by=cast.takahashi)
    assert publish(accepted, None) == [accepted]
    assert state(one_off) == "accepted"


def test_a_closed_rounds_sheets_go_on_to_publication(cast: Cast, accepted: Sheet) -> None:
    services.close_round(round_=accepted.round, by=cast.takahashi)
    publish(accepted, cast.takahashi)
    assert state(accepted) == "published"


def test_only_the_office_moves_sheets_on(cast: Cast, accepted: Sheet) -> None:
    with pytest.raises(RuleViolation, match="事務局だけ"):
        report(accepted, cast.sato)


def test_a_reported_sheet_may_still_be_returned(cast: Cast, accepted: Sheet) -> None:
    report(accepted, cast.takahashi)
    services.return_sheet(sheet=accepted, reason="会議で指摘があったため", by=cast.takahashi)
    assert state(accepted) == "returned"


def test_a_published_sheet_is_not_returned(cast: Cast, accepted: Sheet) -> None:
    publish(accepted, cast.takahashi)
    with pytest.raises(RuleViolation, match="公表後の訂正は、正誤表で"):
        services.return_sheet(sheet=accepted, reason="直したい", by=cast.takahashi)


@pytest.mark.parametrize("step", [report, publish])
def test_what_happened_outside_is_not_undone_here(cast: Cast, accepted: Sheet, step) -> None:
    step(accepted, cast.takahashi)
    with pytest.raises(RuleViolation, match="取り消せません"):
        services.undo(sheet=accepted, by=cast.takahashi)


def test_an_erratum_is_on_record_with_the_sheet_that_told_of_the_figure(cast: Cast, accepted: Sheet) -> None:
    publish(accepted, cast.takahashi)
    code = accepted.figures.first().indicator.code
    here = Correction(code, "「A」の実績値", "85.2%", "86.0%", "数え漏れ", YEAR)
    elsewhere = Correction("i99999", "「B」の実績値", "1", "2", "誤記", YEAR)
    last_year = Correction(code, "「A」の前年度", "1", "2", "誤記", YEAR - 1)
    services.mark_corrected(
        edition=accepted.round.edition, corrections=[here, elsewhere, last_year], by=cast.takahashi
    )
    move = accepted.moves.last()
    assert (move.action, move.to_state) == ("correct", "published")
    assert move.reason == "正誤表　「A」の実績値：誤「85.2%」 正「86.0%」 理由：数え漏れ"


def test_an_erratum_that_concerns_no_sheet_leaves_no_trace(cast: Cast, accepted: Sheet) -> None:
    publish(accepted, cast.takahashi)
    nothing = Correction("", "題名", "旧", "新", "誤記")
    edition = accepted.round.edition
    assert services.mark_corrected(edition=edition, corrections=[nothing], by=None) == []


def test_the_board_shows_how_far_sheets_have_come(cast: Cast, accepted: Sheet, page: Page) -> None:
    publish(accepted, cast.takahashi)
    board = page.get(f"/reports/rounds/{accepted.round_id}/", as_=cast.takahashi)
    assert board.says("公表（1）")
    sent = page.get("/reports/", as_=cast.sato)
    assert sent.says("公表済み")


@pytest.mark.skipif("publish" not in settings.KAIKAKU_APPS, reason="公表を使わない設定です。")
class TestPublishing:
    """The publication itself moves the sheets."""

    def publish(self, sheet: Sheet, cast: Cast, **more):
        from kaikaku.publish import services as publishing

        return publishing.publish_edition(
            edition=sheet.round.edition, by=cast.takahashi, published_on=date(2024, 9, 1), **more
        )

    def test_issuing_one_publishes_the_sheets(self, cast: Cast, accepted: Sheet) -> None:
        publication = self.publish(accepted, cast)
        assert state(accepted) == "published"
        assert accepted.moves.last().reason == str(publication)

    def test_a_corrected_figure_is_a_correction_of_its_sheet(self, cast: Cast, accepted: Sheet) -> None:
        from kaikaku.publish import queries as publications

        self.publish(accepted, cast)
        indicator = accepted.figures.first().indicator
        figure = Figure.objects.get(indicator=indicator, role="actual", fiscal_year=YEAR, is_current=True)
        fields = FigureFields("actual", text="86.0%", fiscal_year=YEAR)
        plans.correct_figure(figure=figure, fields=fields, reason="数え漏れ", by=cast.takahashi)
        edition = accepted.round.edition
        found = publications.preparation(edition, published_on=date(2024, 10, 1)).changes
        self.publish(accepted, cast, reasons={change.key: "数え漏れ" for change in found})
        said = [move.reason for move in accepted.moves.filter(action="correct")]
        assert len(said) == 1
        assert "誤「85.2%」 正「86.0%」 理由：数え漏れ" in said[0]

    def test_withdrawing_is_on_record_with_its_reason(self, cast: Cast, accepted: Sheet) -> None:
        from kaikaku.publish import services as publishing

        publication = self.publish(accepted, cast)
        publishing.withdraw_publication(publication=publication, by=cast.takahashi, reason="様式の誤り")
        assert accepted.moves.last().reason == "公表の取下げ：様式の誤り"
        assert state(accepted) == "published"


@pytest.mark.skipif("reviews" not in settings.KAIKAKU_APPS, reason="点検・見直しを使わない設定です。")
class TestHeadquarters:
    """A meeting that was held reports the sheets; one to come does not."""

    def meeting(self, sheet: Sheet, cast: Cast, days: int):
        from tests.reviews import year

        edition = sheet.round.edition
        held = year.meeting(cast, edition, held_on=today() + timedelta(days=days))
        year.on_agenda(cast, held, edition.indicators.first())
        return held

    def test_concluding_a_held_meeting_reports_the_sheets(self, cast: Cast, accepted: Sheet) -> None:
        from kaikaku.reviews import services as reviews

        reviews.conclude_meeting(meeting=self.meeting(accepted, cast, -1), by=cast.takahashi)
        assert state(accepted) == "reported"

    def test_fixing_the_papers_beforehand_reports_nothing(self, cast: Cast, accepted: Sheet) -> None:
        from kaikaku.reviews import services as reviews

        held = self.meeting(accepted, cast, 3)
        reviews.conclude_meeting(meeting=held, by=cast.takahashi)
        assert state(accepted) == "accepted"
        with pytest.raises(RuleViolation, match="会議の日がまだ来ていません"):
            reviews.report_sheets(meeting=held, by=cast.takahashi)

    def test_a_sheet_accepted_after_the_papers_is_reported_at_one_press(
        self, cast: Cast, sheet: Sheet, page: Page
    ) -> None:
        from kaikaku.reviews import services as reviews

        held = self.meeting(sheet, cast, -1)
        reviews.conclude_meeting(meeting=held, by=cast.takahashi)
        submit(sheet, cast)
        services.confirm(sheet=sheet, by=cast.suzuki)
        services.bundle(sheet=sheet, by=cast.suzuki)
        services.accept(sheet=sheet, by=cast.takahashi)
        address = f"/reviews/meetings/{held.pk}/"
        assert page.get(address, as_=cast.takahashi).says("受理した調書が1件")
        done = page.post(f"{address}report/")
        assert done.says("「本部会議報告済み」にしました")
        assert state(sheet) == "reported"
