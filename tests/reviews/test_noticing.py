"""Any employee, at any time of the year: a note within a minute, with evidence, and what became of it."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from kaikaku.org.queries import today
from kaikaku.plans import services as plans
from kaikaku.plans.models import Edition, Indicator, Section
from kaikaku.reviews import queries, services
from kaikaku.reviews.entries import Observation, Upload
from kaikaku.reviews.models import Attachment, Loop
from tests.cast import Cast
from tests.conftest import assert_constant_queries
from tests.pages import Page
from tests.reviews import year
from tests.sources.doors import ALL, open_to

pytestmark = pytest.mark.django_db
ADDRESS = "/reviews/noticed/"
PHOTO = Upload("窓口.png", b"\x89PNG....", "image/png")


def test_an_employee_writes_three_fields_and_is_done(cast: Cast, page: Page, weak: Indicator) -> None:
    assert page.get(ADDRESS, as_=cast.kobayashi).says("仕事の中で気づいたことを、いつでも書けます")
    note = {"text": "QRコードが小さい。", "subject": f"i{weak.pk}", "evidence": "窓口で3人から聞いた。"}
    shown = page.post(ADDRESS, note)
    assert shown.says("気づきを送りました。")
    assert shown.says("事務局が読み、どういう意味かを判断します")
    loop = Loop.objects.get()
    assert (loop.opened_by, loop.subject, loop.events.get().happened_on) == (cast.kobayashi, weak, today())


def test_a_file_is_evidence_enough_and_is_kept_as_received(cast: Cast, page: Page, section: Section) -> None:
    sent = SimpleUploadedFile("窓口.png", PHOTO.data, content_type="image/png")
    note = {"text": "QRコードが小さい。", "subject": f"s{section.pk}", "file": sent}
    page.post(ADDRESS, note, as_=cast.kobayashi)
    document = Attachment.objects.get().document
    with document.file.open() as file:
        assert (document.file_name, file.read()) == ("窓口.png", PHOTO.data)
    shown = page.get(reverse("reviews:section", args=[section.pk]))
    assert shown.find(f"//a[@href='{reverse('sources:original', args=[document.pk])}']")


def test_without_evidence_the_page_says_what_is_missing(cast: Cast, page: Page, section: Section) -> None:
    note = {"text": "QRコードが小さい。", "subject": f"s{section.pk}"}
    shown = page.post(ADDRESS, note, as_=cast.kobayashi, status=400)
    assert shown.says("何を見聞きしたのかを文章で書くか")


def test_the_same_file_may_show_two_things(cast: Cast, section: Section, weak: Indicator) -> None:
    for subject in (section, weak):
        fields = Observation("見えにくい。", today(), upload=PHOTO)
        services.observe(subject=subject, fields=fields, by=cast.kobayashi)
    assert len({one.document_id for one in Attachment.objects.all()}) == 1


def test_the_writer_sees_what_was_decided_and_what_it_changed(
    cast: Cast, page: Page, edition: Edition, section: Section
) -> None:
    loop = year.decided(cast, year.noticed(cast, section))
    draft = year.drafted(cast, edition)
    part = draft.sections.select_related("edition__plan").get(title="納税の電子化")
    cause = queries.event_cause(loop.events.get(kind="observation"))
    plans.cite_causes(edition=draft, part=part, causes=[cause], by=cast.takahashi)
    shown = page.get(ADDRESS, as_=cast.kobayashi)
    assert shown.says("対応が決まり、実行するところです")
    assert shown.says("決定：使い方を動画で案内する。")
    assert shown.says("プランに反映された箇所：納税の電子化（令和8年度版（案））")


def test_the_writer_sees_that_it_was_left_and_why(
    cast: Cast, page: Page, edition: Edition, section: Section
) -> None:
    loop = year.noticed(cast, section)
    services.handle_in_draft(
        draft=year.drafted(cast, edition),
        thing=loop,
        choice="leave",
        reason="予算を待つ。",
        by=cast.takahashi,
    )
    assert page.get(ADDRESS, as_=cast.kobayashi).says("令和8年度版（案）：今回は見送る（予算を待つ。）")


def test_the_writer_sees_how_it_ended(cast: Cast, page: Page, section: Section) -> None:
    services.close_loop(loop=year.noticed(cast, section), reason="改修済み", by=cast.takahashi)
    assert page.get(ADDRESS, as_=cast.kobayashi).says("終わりました：改修済み")


def test_others_notes_are_not_among_ones_own(cast: Cast, section: Section) -> None:
    year.noticed(cast, section)
    assert queries.notes_of(cast.sato) == []
    assert [note.title for note in queries.notes_of(cast.kobayashi)] == [
        "QRコードの場所が分からないという電話が続いている"
    ]


def test_home_tells_where_ones_notes_stand(cast: Cast, section: Section) -> None:
    loop = year.noticed(cast, section)
    [task] = queries.sent_for(cast.kobayashi)
    assert (task.what, task.state) == ("気づきを記録しました", "事務局が読み、どういう意味かを判断します")
    services.close_loop(loop=loop, reason="改修済み", by=cast.takahashi)
    assert queries.sent_for(cast.kobayashi) == []


def test_notes_take_as_many_queries_for_many_as_for_one(
    cast: Cast, section: Section, weak: Indicator
) -> None:
    year.noticed(cast, section)

    def more() -> None:
        for part in (section, weak, weak):
            year.decided(cast, year.noticed(cast, part))

    assert_constant_queries(lambda: queries.notes_of(cast.kobayashi), more)


def test_what_an_employee_keeps_with_a_note_is_for_staff_and_no_committee(
    cast: Cast, page: Page, section: Section
) -> None:
    fields = Observation("見えにくい。", today(), upload=PHOTO)
    services.observe(subject=section, fields=fields, by=cast.kobayashi)
    document = Attachment.objects.get().document
    assert open_to(page, document, cast.sato) == ALL
    assert open_to(page, document, cast.watanabe) == set()


def test_only_what_everybody_reads_can_be_quoted_where_everybody_reads(cast: Cast, section: Section) -> None:
    fields = Observation("見えにくい。", today(), upload=PHOTO)
    services.observe(subject=section, fields=fields, by=cast.kobayashi)
    assert queries.document_choices(cast.kobayashi) == []
