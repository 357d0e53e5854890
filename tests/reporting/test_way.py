"""The way of one sheet from the request to the plan, and everything that refuses to go it."""

from decimal import Decimal

import pytest

from kaikaku.audit import services as audit
from kaikaku.audit.models import Entry
from kaikaku.core.errors import RuleViolation
from kaikaku.org import services as org
from kaikaku.org.models import User
from kaikaku.org.roles import Role
from kaikaku.plans.models import Edition, Figure
from kaikaku.plans.queries import rows_of
from kaikaku.reporting import services
from kaikaku.reporting.entries import FigureEntry, SheetEntry, StaleSheet
from kaikaku.reporting.models import Sheet
from tests.cast import OPENED, Cast, person, post
from tests.reporting.conftest import YEAR, fill, reasons, saying, submit


def actual(edition: Edition, place: int = 0) -> Figure:
    indicator = edition.indicators.order_by("position")[place]
    return Figure.objects.get(indicator=indicator, role="actual", fiscal_year=YEAR, is_current=True)


def test_a_sheet_goes_from_the_request_to_the_plan_and_the_grades_change(
    cast: Cast, edition: Edition, sheet: Sheet, kacho: User
) -> None:
    before = {r.indicator.code: r.band for r in rows_of(edition, year=YEAR).results.values()}
    submit(sheet, cast)
    services.confirm(sheet=sheet, by=kacho)
    services.bundle(sheet=sheet, by=cast.suzuki)
    accepted = services.accept(sheet=sheet, by=cast.takahashi)
    after = {r.indicator.code: r.band for r in rows_of(edition, year=YEAR).results.values()}
    assert accepted.state == "accepted"
    assert actual(edition).value == Decimal("85.2")
    assert set(before.values()) == {None}
    assert None not in after.values()
    assert audit.verify(cast.sakura) == []


def test_each_step_is_on_record_with_who_and_when(cast: Cast, sheet: Sheet, kacho: User) -> None:
    submit(sheet, cast)
    services.confirm(sheet=sheet, by=kacho)
    told = [(move.action, move.by.name, move.to_state) for move in sheet.moves.all()]
    assert told == [
        ("start", "佐藤", "draft"),
        ("submit", "佐藤", "submitted"),
        ("confirm", "森", "chief_confirmed"),
    ]


def test_where_no_chief_stands_above_the_confirmation_ends_the_departments_part(
    cast: Cast, sheet: Sheet
) -> None:
    submit(sheet, cast)
    # 鈴木 is 総務部長, above 税務課: so there is a lead section, and one more step
    assert services.confirm(sheet=sheet, by=cast.suzuki).state == "chief_confirmed"


def test_a_body_of_its_own_has_its_own_chain(cast: Cast, sheet: Sheet, kacho: User) -> None:
    holding = cast.suzuki.holdings.get()
    org.release(holding=holding, to_day=OPENED, by=None)
    submit(sheet, cast)
    confirmed = services.confirm(sheet=sheet, by=kacho)
    assert confirmed.state == "bundled"
    assert "上の部局に所属長の職がない" in sheet.moves.last().reason


def test_an_empty_value_without_a_reason_stops_the_submission(cast: Cast, sheet: Sheet) -> None:
    fill(sheet, cast, f0="")
    with pytest.raises(RuleViolation, match="実績値も、値がない理由も入力されていません") as refused:
        services.submit_sheet(sheet=sheet, explanations=reasons(sheet), by=cast.sato)
    assert refused.value.code == "reporting.blocked"


def test_a_value_that_is_not_there_with_its_reason_is_an_answer(
    cast: Cast, edition: Edition, sheet: Sheet
) -> None:
    fill(sheet, cast, f0="")
    row = sheet.figures.order_by("indicator__position")[0]
    entry = SheetEntry(figures={row.pk: FigureEntry(reason="survey_cancelled")})
    sheet.refresh_from_db()
    services.save_sheet(sheet=sheet, entry=entry, version=sheet.version, by=cast.sato)
    services.submit_sheet(sheet=sheet, explanations=reasons(sheet), by=cast.sato)
    services.confirm(sheet=sheet, by=cast.suzuki)
    services.bundle(sheet=sheet, by=cast.suzuki)
    services.accept(sheet=sheet, by=cast.takahashi)
    assert (actual(edition).value, actual(edition).reason) == (None, "survey_cancelled")


def test_a_slip_of_a_digit_wants_a_written_reason(cast: Cast, sheet: Sheet) -> None:
    filled = fill(sheet, cast, f1="23,100人")
    with pytest.raises(RuleViolation) as refused:
        services.submit_sheet(sheet=filled, by=cast.sato)
    assert refused.value.code == "reporting.unexplained"
    services.submit_sheet(sheet=filled, explanations=reasons(filled), by=cast.sato)
    row = filled.figures.order_by("indicator__position")[1]
    assert "資料で確かめた" in row.explanations.values()


def test_a_reason_does_not_outlive_the_value_it_was_written_for(cast: Cast, sheet: Sheet) -> None:
    filled = fill(sheet, cast, f1="23,100人")
    row = filled.figures.order_by("indicator__position")[1]
    told = dict.fromkeys(reasons(filled)[row.pk], "確かめた")
    entry = SheetEntry(figures={row.pk: FigureEntry(text="23,100人", explanations=told)})
    saved = services.save_sheet(sheet=filled, entry=entry, version=filled.version, by=cast.sato)
    entry = SheetEntry(figures={row.pk: FigureEntry(text="231,000人")})
    services.save_sheet(sheet=saved, entry=entry, version=saved.version, by=cast.sato)
    row.refresh_from_db()
    assert row.explanations == {}


def test_an_unreadable_value_is_kept_as_typed_and_blocks(cast: Cast, sheet: Sheet) -> None:
    filled = fill(sheet, cast, f0="八割くらい？")
    row = filled.figures.order_by("indicator__position")[0]
    assert (row.text, row.value) == ("八割くらい？", None)
    with pytest.raises(RuleViolation):
        services.submit_sheet(sheet=filled, explanations=reasons(filled), by=cast.sato)


def test_what_was_done_must_be_told(cast: Cast, sheet: Sheet) -> None:
    filled = fill(sheet, cast)
    bare = saying(sheet, done="")
    filled = services.save_sheet(sheet=filled, entry=bare, version=filled.version, by=cast.sato)
    with pytest.raises(RuleViolation, match="今年度に行ったこと"):
        services.submit_sheet(sheet=filled, explanations=reasons(filled), by=cast.sato)


def test_nothing_to_report_is_an_answer_with_a_reason(cast: Cast, sheet: Sheet) -> None:
    with pytest.raises(RuleViolation, match="理由を入力してください"):
        services.answer_none(sheet=sheet, reason=" ", by=cast.sato)
    answered = services.answer_none(sheet=sheet, reason="所管の取組が前年度に終了したため", by=cast.sato)
    assert (answered.state, answered.nothing_to_report) == ("submitted", True)


def test_the_submitter_cannot_confirm(cast: Cast, sheet: Sheet) -> None:
    post(cast.zeimu, "課長心得", Role.CHIEF, cast.sato)
    submit(sheet, cast)
    with pytest.raises(RuleViolation, match="提出した本人は、この調書を確認できません"):
        services.confirm(sheet=sheet, by=User.objects.get(pk=cast.sato.pk))


def test_a_stand_in_is_recorded_as_such(cast: Cast, sheet: Sheet) -> None:
    deputy = person(cast.sakura, "kido", "木戸")
    kacho = post(cast.zeimu, "税務課長", Role.CHIEF)
    org.appoint(post=kacho, user=deputy, from_day=OPENED, acting=True, by=None)
    submit(sheet, cast)
    services.confirm(sheet=sheet, by=deputy)
    assert sheet.moves.last().acting == "税務課 税務課長"
    assert Entry.objects.get(action="reporting.sheet.confirmed").on_behalf == "税務課 税務課長"


def test_of_two_approvers_the_second_is_told_who_was_first(cast: Cast, sheet: Sheet, kacho: User) -> None:
    seen = submit(sheet, cast)
    version = seen.version
    services.confirm(sheet=sheet, by=cast.suzuki, version=version)
    with pytest.raises(RuleViolation, match="鈴木さんの「確認する」で、すでに「所属長確認済み」"):
        services.confirm(sheet=sheet, by=kacho, version=version)


def test_an_approver_confirms_what_they_have_seen(cast: Cast, sheet: Sheet) -> None:
    seen = submit(sheet, cast).version
    services.undo(sheet=sheet, by=cast.sato)
    submit(Sheet.objects.get(pk=sheet.pk), cast)
    with pytest.raises(RuleViolation, match="佐藤さんがこの調書を変更しました"):
        services.confirm(sheet=sheet, by=cast.suzuki, version=seen)


def test_a_stale_form_is_not_saved_over_a_newer_one(cast: Cast, sheet: Sheet) -> None:
    other = person(cast.sakura, "abe", "阿部")
    post(cast.zeimu, "主査", Role.CLERK, other)
    opened = sheet.version
    services.save_sheet(sheet=sheet, entry=saying(sheet, done="阿部の文"), version=opened, by=other)
    with pytest.raises(StaleSheet, match="阿部さんがこの調書を変更しました"):
        services.save_sheet(sheet=sheet, entry=saying(sheet, done="佐藤の文"), version=opened, by=cast.sato)
    sheet.refresh_from_db()
    assert sheet.parts.first().texts["done"] == "阿部の文"


def test_the_same_words_again_are_no_conflict(cast: Cast, sheet: Sheet) -> None:
    opened = sheet.version
    entry = saying(sheet, done="同じ文")
    first = services.save_sheet(sheet=sheet, entry=entry, version=opened, by=cast.sato)
    again = services.save_sheet(sheet=sheet, entry=entry, version=opened, by=cast.sato)
    assert again.version == first.version


def test_a_return_wants_a_reason_and_opens_the_sheet_again(cast: Cast, sheet: Sheet) -> None:
    submit(sheet, cast)
    with pytest.raises(RuleViolation, match="理由を入力してください"):
        services.return_sheet(sheet=sheet, reason="", by=cast.suzuki)
    services.return_sheet(sheet=sheet, reason="3つ目の値を確かめてください", by=cast.suzuki)
    sheet.refresh_from_db()
    saved = services.save_sheet(
        sheet=sheet, entry=saying(sheet, issues="直した"), version=sheet.version, by=cast.sato
    )
    assert saved.state == "draft"


def test_a_step_is_undone_until_the_next_has_acted(cast: Cast, sheet: Sheet, kacho: User) -> None:
    submit(sheet, cast)
    services.confirm(sheet=sheet, by=kacho)
    assert services.undo(sheet=sheet, by=kacho).state == "submitted"
    services.confirm(sheet=sheet, by=kacho)
    services.bundle(sheet=sheet, by=cast.suzuki)
    with pytest.raises(RuleViolation, match="すでに鈴木さんが次の手続をしています"):
        services.undo(sheet=sheet, by=kacho)


def test_a_submitted_sheet_is_not_written_to(cast: Cast, sheet: Sheet) -> None:
    submitted = submit(sheet, cast)
    with pytest.raises(RuleViolation, match="書き換えられません"):
        services.save_sheet(
            sheet=sheet, entry=saying(sheet, done="x"), version=submitted.version, by=cast.sato
        )


def test_another_sections_clerk_writes_nothing_here(cast: Cast, sheet: Sheet) -> None:
    other = person(cast.sakura, "abe", "阿部")
    post(cast.gyokaku, "主事", Role.CLERK, other)
    with pytest.raises(RuleViolation, match="ほかの所属のもの"):
        services.save_sheet(sheet=sheet, entry=saying(sheet, done="x"), version=1, by=other)


def test_a_settled_value_changes_by_a_correction_with_its_reason(
    cast: Cast, edition: Edition, sheet: Sheet
) -> None:
    submit(sheet, cast)
    for step, by in (("confirm", cast.suzuki), ("bundle", cast.suzuki), ("accept", cast.takahashi)):
        getattr(services, step)(sheet=sheet, by=by)
    services.return_sheet(sheet=sheet, reason="集計に誤りがありました", by=cast.takahashi)
    row = sheet.figures.order_by("indicator__position")[0]
    sheet.refresh_from_db()
    wrong = SheetEntry(figures={row.pk: FigureEntry(text="86.0%")})
    sheet = services.save_sheet(sheet=sheet, entry=wrong, version=sheet.version, by=cast.sato)
    with pytest.raises(RuleViolation, match="確定した値"):
        services.submit_sheet(sheet=sheet, explanations=reasons(sheet), by=cast.sato)
    right = FigureEntry(text="86.0%", status="revised", reason_note="1手続の数え漏れ")
    sheet = services.save_sheet(
        sheet=sheet, entry=SheetEntry(figures={row.pk: right}), version=sheet.version, by=cast.sato
    )
    services.submit_sheet(sheet=sheet, explanations=reasons(sheet), by=cast.sato)
    for step, by in (("confirm", cast.suzuki), ("bundle", cast.suzuki), ("accept", cast.takahashi)):
        getattr(services, step)(sheet=sheet, by=by)
    figure = actual(edition)
    assert (figure.value, figure.status, figure.supersedes.value) == (86, "revised", Decimal("85.2"))
    assert "1手続の数え漏れ" in figure.change_reason


def test_a_comment_stays_with_the_indicator(cast: Cast, sheet: Sheet) -> None:
    indicator = sheet.figures.first().indicator
    made = services.comment(sheet=sheet, text="定義を確かめたい", indicator=indicator, by=cast.suzuki)
    assert (made.indicator, made.by) == (indicator, cast.suzuki)
    with pytest.raises(RuleViolation, match="コメントを入力してください"):
        services.comment(sheet=sheet, text="　", by=cast.suzuki)


def test_evidence_is_kept_with_the_sheet(cast: Cast, sheet: Sheet) -> None:
    kept = services.add_evidence(
        sheet=sheet, name="集計.csv", data=b"a,b\n", media_type="text/csv", by=cast.sato
    )
    again = services.add_evidence(
        sheet=sheet, name="集計.csv", data=b"a,b\n", media_type="text/csv", by=cast.sato
    )
    assert kept == again
