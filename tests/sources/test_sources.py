"""Kept documents: same bytes same document, lines that can be pointed at, the original unchanged."""

import hashlib

import pytest
from django.core.files.storage import default_storage

from kaikaku.audit.queries import history_of
from kaikaku.core.errors import RuleViolation
from kaikaku.sources import queries, services
from kaikaku.sources.audience import Audience
from kaikaku.sources.models import SourceDocument
from tests.cast import Cast
from tests.conftest import assert_constant_queries
from tests.pages import Page
from tests.sources.permissions import keep


def test_a_document_is_kept_byte_for_byte(cast: Cast) -> None:
    document = keep(cast)
    with document.file.open("rb") as kept:
        assert hashlib.sha256(kept.read()).hexdigest() == document.sha256


def test_the_same_content_again_is_the_same_document(cast: Cast) -> None:
    first, again = keep(cast), keep(cast)
    assert first == again
    assert len(history_of(cast.takahashi, first)) == 1


def test_two_governments_keep_their_own_copies(cast: Cast) -> None:
    kept = keep(cast)
    theirs = services.keep_document(
        organisation=cast.tonari,
        name="plan.txt",
        data=kept.file.read(),
        title="写し",
        media_type="text/plain",
        lines=[],
        by=cast.nakamura,
    )
    kept.file.close()
    assert theirs.pk != kept.pk
    assert theirs.file.name != kept.file.name


def test_an_empty_file_is_refused(cast: Cast) -> None:
    with pytest.raises(RuleViolation, match="空のファイル"):
        services.keep_document(
            organisation=cast.sakura,
            name="a.txt",
            data=b"",
            title="a",
            media_type="text/plain",
            lines=[],
            by=None,
        )


def test_a_path_in_the_file_name_is_dropped(cast: Cast) -> None:
    document = services.keep_document(
        organisation=cast.sakura,
        name="C:\\temp\\..\\表.xlsx",
        data=b"x",
        title="表",
        media_type="application/octet-stream",
        lines=["x"],
        by=None,
    )
    assert document.file_name == "表.xlsx"


def test_what_a_torn_upload_left_is_written_anew(cast: Cast) -> None:
    document = keep(cast)
    name, size = document.file.name, document.size
    SourceDocument.objects.all().delete()
    with default_storage.open(name, "wb") as torn:
        torn.write(b"half")
    assert default_storage.size(keep(cast).file.name) == size


def test_a_place_cited_twice_is_one_citation(cast: Cast) -> None:
    document, spot = keep(cast), services.Spot(3, "△1,743億円")
    first = services.cite(document=document, spot=spot)
    assert services.cite_all(document=document, spots=[spot, spot]) == [first, first]


def test_citations_come_back_in_the_order_asked_for(cast: Cast) -> None:
    spots = [services.Spot(3, "b"), services.Spot(1, "a"), services.Spot(3, "b", sheet="表1", cell="B4")]
    found = services.cite_all(document=keep(cast), spots=spots)
    assert [(c.line, c.place) for c in found] == [(3, "3行目"), (1, "1行目"), (3, "シート「表1」 B4")]


def test_citing_many_places_asks_the_database_as_often_as_one(cast: Cast, count_queries) -> None:  # type: ignore[no-untyped-def]
    document = keep(cast)
    with count_queries() as one:
        services.cite(document=document, spot=services.Spot(1, "a"))
    with count_queries() as many:
        services.cite_all(document=document, spots=[services.Spot(3, str(n)) for n in range(50)])
    assert len(many) == len(one)


def test_a_line_that_is_not_there_cannot_be_cited(cast: Cast) -> None:
    with pytest.raises(RuleViolation, match="1から3まで"):
        services.cite(document=keep(cast), spot=services.Spot(4, "x"))


def test_the_viewer_numbers_the_lines_and_marks_the_one_asked_for(page: Page, cast: Cast) -> None:
    document = keep(cast)
    services.cite(document=document, spot=services.Spot(3, "△1,743億円"))
    opened = page.get(f"/sources/{document.pk}/?line=3&quote=△1,743億円", as_=cast.sato)
    assert opened.find("//ol/li/@id") == ["L1", "L2", "L3"]
    assert opened.find("//li[@class='cited']/@id") == ["L3"]
    assert opened.texts("//li[@id='L3']//mark") == ["△1,743億円"]
    assert opened.says("（引用1か所）")


def test_a_line_beyond_the_end_is_said(page: Page, cast: Cast) -> None:
    opened = page.get(f"/sources/{keep(cast).pk}/?line=99", as_=cast.sato)
    assert opened.says("99行目はありません。この文書は3行です。")


def test_a_citation_opens_the_document_at_its_line(page: Page, cast: Cast) -> None:
    document = keep(cast)
    found = services.cite(document=document, spot=services.Spot(3, "△1,743億円"))
    address = page.get(f"/sources/citations/{found.pk}/", as_=cast.sato, status=302).address
    assert address.startswith(f"/sources/{document.pk}/?line=3&quote=")
    assert address.endswith("#L3")


def test_pages_are_named_where_they_begin(cast: Cast) -> None:
    document = services.keep_document(
        organisation=cast.sakura,
        name="a.pdf",
        data=b"pdf",
        title="a",
        media_type="application/pdf",
        lines=["一", "二", "三"],
        places=["1ページ", "1ページ", "2ページ"],
        by=None,
    )
    assert [line.place for line in queries.lines_of(document)] == ["1ページ", "", "2ページ"]


def test_the_original_is_a_download_that_no_browser_runs(page: Page, cast: Cast) -> None:
    document = keep(cast)
    page.sign_in(cast.sato)
    response = page.client.get(f"/sources/{document.pk}/original/")
    assert b"".join(response.streaming_content) == "行財政改革プラン\n\n県債残高 △1,743億円".encode()
    assert response.headers["Content-Disposition"].startswith("attachment")
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert history_of(cast.takahashi, document)[0].action == "sources.document.downloaded"


def test_markup_in_a_document_is_shown_not_run(page: Page, cast: Cast) -> None:
    document = services.keep_document(
        organisation=cast.sakura,
        name="a.txt",
        data=b"<script>",
        title="<b>題</b>",
        media_type="text/plain",
        lines=["<script>alert(1)</script>"],
        by=None,
        audience=Audience.INSIDERS,
    )
    opened = page.get(f"/sources/{document.pk}/?line=1&quote=<script>", as_=cast.sato)
    assert opened.says("<script>alert(1)</script>")
    assert opened.h1 == "<b>題</b>"


def test_title_and_date_are_revised_and_the_content_stays(page: Page, cast: Cast) -> None:
    document = keep(cast)
    address = f"/sources/{document.pk}/revise/"
    opened = page.post(address, {"title": "新しい表題", "published_on": "R6.3.1"}, as_=cast.takahashi)
    assert opened.h1 == "新しい表題"
    assert opened.says("令和6年3月1日")


def test_a_stranger_does_not_see_that_a_document_exists(page: Page, cast: Cast) -> None:
    page.get(f"/sources/{keep(cast).pk}/", as_=cast.tanaka, status=404)


def test_the_list_asks_the_database_as_often_for_many(page: Page, cast: Cast) -> None:
    keep(cast)
    page.get("/sources/", as_=cast.sato)

    def grow() -> None:
        for n in range(5):
            services.keep_document(
                organisation=cast.sakura,
                name=f"{n}.txt",
                data=str(n).encode(),
                title=str(n),
                media_type="text/plain",
                lines=[],
                by=cast.sato,
            )

    assert_constant_queries(lambda: page.get("/sources/"), grow)


def test_only_who_may_import_is_led_to_importing(page: Page, cast: Cast) -> None:
    button = "//a[text()='文書を取り込む']"
    assert page.get("/sources/", as_=cast.takahashi).find(button)
    assert not page.get("/sources/", as_=cast.sato).find(button)
