"""What has changed in what one follows: by itself, by choice, up to where one has read, by letter."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core import mail

from kaikaku.audit.services import verify
from kaikaku.core.errors import RuleViolation
from kaikaku.home import queries, services
from kaikaku.org.queries import today
from kaikaku.plans import services as plans
from kaikaku.plans.entries import EditionFields, FigureFields, SectionFields
from kaikaku.plans.models import Edition, Indicator, Section
from kaikaku.reporting import services as reporting
from kaikaku.reporting.models import Sheet
from kaikaku.reviews import services as reviews
from kaikaku.reviews.entries import Observation
from tests.cast import Cast
from tests.conftest import assert_constant_queries
from tests.pages import Page
from tests.reporting.conftest import make_edition, make_round, submit
from tests.reviews import year


@pytest.fixture
def edition(cast: Cast) -> Edition:
    return make_edition(cast)


@pytest.fixture
def free(cast: Cast, edition: Edition) -> Section:
    """A section that no department has in charge."""
    return plans.add_section(edition=edition, fields=SectionFields("県庁の見直し"), by=cast.takahashi)


def read_all(cast: Cast) -> None:
    for user in (cast.sato, cast.suzuki, cast.takahashi):
        services.read_up_to(number=queries.notices_for(user).head, by=user)


def revise(section: Section, cast: Cast, title: str = "県庁の大見直し") -> None:
    section.refresh_from_db()
    plans.revise_section(section=section, fields=SectionFields(title), by=cast.takahashi)


def follow(section: Section, user: object, *, follows: bool = True) -> None:
    standing = queries.standing_of(user, ("plans.section", str(section.pk)))  # type: ignore[arg-type]
    assert standing is not None
    services.follow(thing=standing.thing, follows=follows, by=user)  # type: ignore[arg-type]


def told(user: object) -> list[tuple[str, str]]:
    """(thing, what was done) of all that is new to a person."""
    groups = queries.notices_for(user).groups  # type: ignore[arg-type]
    return [(group.thing.label, change.what) for group in groups for change in group.changes]


def test_alike_changes_of_one_person_to_one_thing_are_told_as_one(cast: Cast, edition: Edition) -> None:
    read_all(cast)
    section = edition.sections.select_related("edition__plan").order_by("position")[0]
    for title in ("あ", "い", "う"):
        fields = SectionFields(title, owner=cast.zeimu)
        plans.revise_section(section=section, fields=fields, by=cast.takahashi)
    [group] = queries.notices_for(cast.sato).groups
    assert [(change.who, change.times) for change in group.changes] == [(cast.takahashi.name, 3)]


def test_a_single_change_says_what_became_what(cast: Cast, edition: Edition) -> None:
    read_all(cast)
    section = edition.sections.select_related("edition__plan").order_by("position")[0]
    fields = SectionFields("新しい名", section.number, section.subtitle, section.body, owner=cast.zeimu)
    plans.revise_section(section=section, fields=fields, by=cast.takahashi)
    [group] = queries.notices_for(cast.sato).groups
    assert [new for _, _, new in group.changes[0].details] == ["新しい名"]


def test_a_section_is_followed_by_choice_and_no_longer(cast: Cast, free: Section) -> None:
    read_all(cast)
    revise(free, cast, "一")
    assert told(cast.sato) == []
    follow(free, cast.sato)
    assert told(cast.sato) == [("一", "見出しを変更しました")]
    follow(free, cast.sato, follows=False)
    assert told(cast.sato) == []


def test_what_is_followed_by_itself_can_be_left(cast: Cast, edition: Edition) -> None:
    section = edition.sections.select_related("edition__plan").order_by("position")[0]
    follow(section, cast.sato, follows=False)
    read_all(cast)
    fields = SectionFields("新しい名", owner=cast.zeimu)
    plans.revise_section(section=section, fields=fields, by=cast.takahashi)
    assert told(cast.sato) == []


def test_who_follows_a_section_hears_of_its_indicators(cast: Cast, edition: Edition) -> None:
    indicator = edition.indicators.select_related("section", "edition__plan").order_by("position")[0]
    Indicator.objects.update(owner=None)
    Section.objects.update(owner=None)
    assert indicator.section is not None
    follow(indicator.section, cast.kobayashi)
    read_all(cast)
    services.read_up_to(number=queries.notices_for(cast.kobayashi).head, by=cast.kobayashi)
    fields = FigureFields(role="actual", text="85.2%", fiscal_year=2023)
    plans.set_figure(indicator=indicator, fields=fields, by=cast.takahashi)
    assert told(cast.kobayashi) == [(indicator.name, "値を入力しました")]


def test_a_choice_is_handed_on_to_the_next_edition(cast: Cast, edition: Edition, free: Section) -> None:
    follow(free, cast.sato)
    fields = EditionFields("令和6年度の計画", 2024, (2021, 2025))
    draft = plans.draft_next_edition(
        edition=edition, fields=fields, directions_fixed=False, by=cast.takahashi
    )
    read_all(cast)
    heir = draft.sections.select_related("edition__plan").get(title="県庁の見直し")
    revise(heir, cast)
    assert told(cast.sato) == [("県庁の大見直し", "見出しを変更しました")]


def test_who_submitted_a_sheet_hears_that_it_was_confirmed(cast: Cast, edition: Edition) -> None:
    sheet = make_round(cast, edition).sheets.get()
    submit(sheet, cast)
    read_all(cast)
    sheet = Sheet.objects.get(pk=sheet.pk)
    reporting.confirm(sheet=sheet, by=cast.suzuki)
    assert (str(sheet), "調書を確認しました") in told(cast.sato)


def test_who_observed_something_hears_what_became_of_it(cast: Cast) -> None:
    weak = year.edition(cast).indicators.select_related("edition__plan").get(name="電子納税率")
    seen = Observation("窓口が混んでいる", date(2024, 6, 1), evidence="窓口で見た")
    loop = reviews.observe(subject=weak, fields=seen, by=cast.kobayashi)
    read_all(cast)
    services.read_up_to(number=queries.notices_for(cast.kobayashi).head, by=cast.kobayashi)
    reviews.close_loop(loop=loop, reason="解決した", by=cast.takahashi)
    assert told(cast.kobayashi) == [("電子納税率", "見直しを終えました")]


def test_read_up_to_here_leaves_what_comes_after(page: Page, cast: Cast, free: Section) -> None:
    follow(free, cast.sato)
    revise(free, cast, "一")
    opened = page.get("/notices/", as_=cast.sato)
    [number] = opened.find("//form[@action='/notices/read/']//input[@name='number']/@value")
    revise(free, cast, "二")
    after = page.post("/notices/read/", {"number": number, "back": "/notices/"})
    assert [text for text in after.texts("//ul[@class='notices-list']/li") if "二" in text]
    services.read_up_to(number=0, by=cast.sato)
    assert len(queries.notices_for(cast.sato).groups) == 1


def test_nobody_reads_further_than_the_log_goes(page: Page, cast: Cast, free: Section) -> None:
    follow(free, cast.sato)
    page.post("/notices/read/", {"number": "999999999999"}, as_=cast.sato)
    revise(free, cast)
    assert told(cast.sato)


def test_the_button_stands_on_a_section_and_leads_back_to_it(page: Page, cast: Cast, free: Section) -> None:
    address = f"/plans/sections/{free.pk}/"
    [form] = page.get(address, as_=cast.sato).find("//form[contains(@action, '/notices/follow/')]")
    fields = {field.get("name"): field.get("value") for field in form.findall(".//input")}
    assert page.post(form.get("action"), fields).address == address
    assert "フォローをやめる" in page.get(address).texts("//form[contains(@action, '/follow/')]//button")


def test_a_strangers_section_cannot_be_followed(page: Page, cast: Cast, free: Section) -> None:
    page.post(f"/notices/follow/plans.section/{free.pk}/", {"follow": "1"}, as_=cast.nakamura, status=404)


def test_a_button_leads_nowhere_else(page: Page, cast: Cast, free: Section) -> None:
    address = f"/notices/follow/plans.section/{free.pk}/"
    sent = page.post(
        address, {"follow": "1", "back": "//evil.example/"}, as_=cast.sato, follow=False, status=302
    )
    assert sent.address == "/notices/"


@pytest.fixture
def reader(cast: Cast, free: Section) -> Cast:
    """佐藤 follows a section and wants the letter of the day."""
    follow(free, cast.sato)
    cast.sato.email = "sato@example.jp"
    cast.sato.save(update_fields=["email"])
    services.set_digest(wanted=True, by=cast.sato)
    return cast


def test_the_letter_comes_once_a_day_and_tells_each_change_once(reader: Cast, free: Section) -> None:
    revise(free, reader, "一")
    assert services.send_digests(on=today()).mails == 1
    assert "「一」" in mail.outbox[0].body
    revise(free, reader, "二")
    assert services.send_digests(on=today()).mails == 0
    assert services.send_digests(on=today() + timedelta(days=1)).mails == 1
    assert services.send_digests(on=today() + timedelta(days=2)).mails == 0
    assert verify() == []


def test_what_was_read_is_not_written_of(reader: Cast, free: Section) -> None:
    revise(free, reader, "一")
    read_all(reader)
    assert services.send_digests(on=date(2026, 5, 1)).mails == 0


def test_nobody_is_written_to_unasked(cast: Cast, free: Section) -> None:
    cast.sato.email = "sato@example.jp"
    cast.sato.save(update_fields=["email"])
    follow(free, cast.sato)
    revise(free, cast)
    assert services.send_digests().mails == 0


def test_without_an_address_no_letter_can_be_asked_for(cast: Cast) -> None:
    cast.sato.email = ""
    cast.sato.save(update_fields=["email"])
    with pytest.raises(RuleViolation, match="メールアドレスが登録されていない"):
        services.set_digest(wanted=True, by=cast.sato)


def test_the_notices_ask_as_often_however_much_there_is(page: Page, cast: Cast, edition: Edition) -> None:
    def more() -> None:
        for number in range(4):
            fields = SectionFields(f"増えた取組{number}", owner=cast.zeimu)
            made = plans.add_section(edition=edition, fields=fields, by=cast.takahashi)
            follow(made, cast.sato)

    more()
    assert_constant_queries(lambda: page.get("/notices/", as_=cast.sato), more)
