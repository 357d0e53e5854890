"""Evidence and returned workbooks are read by those who read the sheet they belong to, and by nobody else."""

from __future__ import annotations

import pytest

from kaikaku.org.models import User
from kaikaku.org.roles import Role
from kaikaku.plans.models import Edition
from kaikaku.plans.queries.parts import dataset_parts
from kaikaku.reporting import services
from kaikaku.reporting.entries import RoundFields
from kaikaku.reporting.models import Sheet, Upload
from kaikaku.reporting.queries.holding import documents_read_by
from kaikaku.sources.models import SourceDocument
from kaikaku.sources.queries import documents_for
from tests.cast import Cast, person, post
from tests.pages import Page
from tests.reporting.conftest import DATES, YEAR, fill, reasons
from tests.reporting.test_whole_government import government
from tests.reporting.workbooks import bring_in, changed, made, put, take_in
from tests.sources.doors import ALL, open_to


class Two:
    """Two sections below 総務部 with a clerk each, and a round that asks both."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast
        self.edition: Edition = government(cast, "二課", sections=2, indicators=1)
        fields = RoundFields(YEAR, "annual", "令和5年度の実績照会", DATES)
        self.round = services.open_round(edition=self.edition, fields=fields, by=cast.takahashi)
        self.sheet, self.other = self.round.sheets.order_by("department__pk")
        self.clerk, self.neighbour = self._clerk(self.sheet, "aoki"), self._clerk(self.other, "baba")

    def _clerk(self, sheet: Sheet, name: str) -> User:
        made = person(self.cast.sakura, name, name)
        post(sheet.department, "主事", Role.CLERK, made)
        return made

    def readers(self, document: SourceDocument) -> set[str]:
        """Who may read the document."""
        people = [self.cast.of(role) for role in Role] + [self.clerk, self.neighbour]
        return {user.username for user in people if documents_for(user).filter(pk=document.pk).exists()}


@pytest.fixture
def two(cast: Cast) -> Two:
    return Two(cast)


def evidence(two: Two) -> SourceDocument:
    return services.add_evidence(
        sheet=two.sheet, name="名簿.pdf", data=b"names", media_type="application/pdf", by=two.clerk
    ).document


def test_evidence_is_for_those_who_read_the_sheet(two: Two) -> None:
    # the clerk, the chief above, the office, and the executive who reads every sheet
    assert two.readers(evidence(two)) == {"aoki", "suzuki", "takahashi", "ito"}


def test_evidence_opens_through_every_door_or_through_none(two: Two, page: Page) -> None:
    document = evidence(two)
    assert open_to(page, document, two.cast.suzuki) == ALL
    assert open_to(page, document, two.neighbour) == set()


def test_the_sheet_leads_to_its_evidence(two: Two, page: Page) -> None:
    document = evidence(two)
    opened = page.get(f"/reports/sheets/{two.sheet.pk}/", as_=two.cast.suzuki)
    assert opened.find(f"//a[@href='/sources/{document.pk}/']")


def test_a_workbook_of_all_sections_is_for_the_office_alone(two: Two) -> None:
    data = changed(made(two.round, two.cast.takahashi), put("実績値", 12))
    upload = services.receive(round_=two.round, name="全所属.xlsx", data=data, by=two.cast.takahashi)
    assert two.readers(upload.document) == {"takahashi"}


def test_also_after_it_was_taken_into_a_sheet(two: Two, page: Page) -> None:
    data = changed(made(two.round, two.cast.takahashi), put("実績値", 12))
    upload = services.receive(round_=two.round, name="全所属.xlsx", data=data, by=two.cast.takahashi)
    services.apply(upload=upload, chosen={two.sheet.pk: two.sheet.version}, by=two.cast.takahashi)
    assert two.readers(upload.document) == {"takahashi"}
    shown = page.get(f"/reports/sheets/{two.sheet.pk}/", as_=two.clerk)
    assert shown.says("ほかの所属の内容を含むため、開けるのは事務局だけです")
    assert not shown.find(f"//a[@href='/sources/{upload.document_id}/']")


def test_a_workbook_of_one_sheet_is_for_those_who_read_it(two: Two) -> None:
    data = changed(made(two.round, two.clerk, [two.sheet]), put("実績値", 12))
    upload = bring_in(two.sheet, data, two.clerk)
    assert two.readers(upload.document) == {"aoki", "suzuki", "takahashi", "ito"}


def test_a_clerk_who_brings_in_everybodys_workbook_shows_it_to_no_colleague(two: Two) -> None:
    data = changed(made(two.round, two.cast.takahashi), put("実績値", 12))
    upload = bring_in(two.sheet, data, two.clerk)
    assert two.readers(upload.document) == {"aoki", "takahashi"}


def test_a_file_kept_before_files_were_told_apart_is_for_the_office(two: Two) -> None:
    data = changed(made(two.round, two.clerk, [two.sheet]), put("実績値", 12))
    upload = bring_in(two.sheet, data, two.clerk)
    Upload.objects.filter(pk=upload.pk).update(alone=False)
    assert two.readers(upload.document) == {"aoki", "takahashi"}


def test_an_accepted_figure_leads_into_the_workbook_only_who_may_read_it(
    cast: Cast, kacho: User, sheet: Sheet, page: Page
) -> None:
    document = accepted(cast, kacho, sheet)
    indicator = sheet.figures.order_by("indicator__position")[0].indicator
    address = f"/plans/indicators/{indicator.pk}/"
    link = "//a[starts-with(@href, '/sources/citations/')]"
    assert page.get(address, as_=cast.sato).find(link)
    shown = page.get(address, as_=cast.watanabe)
    assert not shown.find(link)
    assert document.file_name not in shown.words


def test_a_publication_does_not_name_the_workbook_a_figure_came_from(
    cast: Cast, kacho: User, sheet: Sheet
) -> None:
    document = accepted(cast, kacho, sheet)
    parts = dataset_parts(sheet.round.edition)
    assert [one.title for one in parts.sources] == ["所管の報告"]
    assert document.file_name not in repr(parts)
    assert document.sha256 not in repr(parts)


def accepted(cast: Cast, kacho: User, sheet: Sheet) -> SourceDocument:
    """The workbook of 佐藤 whose figures stand in the plan."""
    fill(sheet, cast)
    data = changed(made(sheet.round, cast.sato, [sheet]), put("実績値", 86.1))
    upload = bring_in(sheet, data, cast.sato, "秘密の名前.xlsx")
    take_in(upload, cast.sato)
    sheet.refresh_from_db()
    services.submit_sheet(sheet=sheet, explanations=reasons(sheet), by=cast.sato)
    services.confirm(sheet=sheet, by=kacho)
    services.bundle(sheet=sheet, by=cast.suzuki)
    services.accept(sheet=sheet, by=cast.takahashi)
    return upload.document


def test_who_holds_no_sheet_holds_no_document(two: Two) -> None:
    evidence(two)
    found = [key for keys in documents_read_by(two.cast.watanabe) for key in keys]
    assert found == []
