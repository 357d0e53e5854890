"""The pages of an import, opened and read as a person of the office would."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from kaikaku.ingest import queries, services
from kaikaku.ingest.models import Import, Proposal
from kaikaku.sources.models import SourceDocument
from tests.cast import Cast
from tests.conftest import assert_constant_queries
from tests.ingest.conftest import sample
from tests.ingest.permissions import bring
from tests.pages import Page

Propose = Callable[..., Import]
SAMPLES = ("aomori_r5", "iwate_r2", "miyagi_r8", "yamagata_r4", "yamaguchi_r5")


def upload(name: str, data: bytes, target: str = "") -> dict[str, Any]:
    return {"file": SimpleUploadedFile(name, data), "target": target}


def url(imported: Import, page: str = "import") -> str:
    return reverse(f"ingest:{page}", args=[imported.pk])


def find(imported: Import, kind: str, words: str) -> Proposal:
    """The one proposal of a kind whose content holds these words."""
    [row] = [p for p in queries.proposals_of(imported) if p.kind == kind and words in str(p.payload)]
    return row


def test_an_uploaded_document_is_shown_beside_what_was_read(cast: Cast, page: Page) -> None:
    shown = page.post(
        reverse("ingest:new"), upload("yamagata.txt", sample("yamagata_r4")), as_=cast.takahashi
    )
    assert shown.h1 == "山形県行財政改革推進プラン 2021 に係る取組状況について"
    assert "オンラインで利用できる県独自の行政手続の割合" in shown.texts("//section[@aria-label='文書']")[0]
    [row] = shown.find("//li[contains(@class,'thing-indicator')][contains(.,'防災士')]")
    [link] = row.xpath(".//a[starts-with(@href,'#L')]/@href")
    assert shown.find(f"//li[@id='{link[1:]}'][contains(.,'防災士の認証登録者数')]")


def test_each_cited_line_leads_back_to_what_was_read_there(cast: Cast, page: Page, proposed: Propose) -> None:
    shown = page.get(url(proposed("yamagata_r4")), as_=cast.takahashi)
    [line] = shown.find("//li[contains(@class,'read')][contains(.,'防災士')]")
    [target] = line.xpath("./a/@href")
    assert shown.find(f"//li[@id='{target[1:]}'][contains(@class,'thing-indicator')]")


def test_the_page_counts_what_is_new_changed_and_the_same(cast: Cast, page: Page, proposed: Propose) -> None:
    first = proposed("yamagata_r4")
    services.accept(imported=first, by=cast.takahashi)
    changed = sample("yamagata_r4").decode().replace("71.5%", "72.0%", 2).encode()
    shown = page.get(url(proposed("again", data=changed)), as_=cast.takahashi)
    assert shown.texts("//ul[@class='counters']/li")[:2] == ["0新規", "2変更"]
    assert shown.texts("//li[contains(@class,'thing-figure')]//del") == ["71.5"]
    assert shown.texts("//li[contains(@class,'thing-figure')]//ins") == ["72.0"]


def test_what_is_chosen_is_taken_and_the_rest_waits(cast: Cast, page: Page, proposed: Propose) -> None:
    imported = proposed("yamagata_r4")
    row = find(imported, "indicator", "防災士")
    shown = page.post(url(imported, "decide"), {"do": "accept", "chosen": [row.pk]}, as_=cast.takahashi)
    assert shown.says("見出し1件、指標1件を追加しました。")
    assert shown.says("一部取り込み済み")


def test_taking_all_leads_to_what_was_made(cast: Cast, page: Page, proposed: Propose) -> None:
    imported = proposed("yamagata_r4")
    shown = page.post(url(imported, "decide"), {"do": "accept_all"}, as_=cast.takahashi)
    assert shown.h1 == "取り込んだ結果"
    assert len(shown.find("//a[starts-with(@href,'/plans/indicators/')]")) == 7
    assert page.get(shown.find("//a[starts-with(@href,'/plans/indicators/')]/@href")[0]).status == 200


def test_choosing_nothing_says_what_to_do(cast: Cast, page: Page, proposed: Propose) -> None:
    shown = page.post(url(proposed("miyagi_r8"), "decide"), {"do": "accept"}, as_=cast.takahashi)
    assert shown.says("左の四角にチェックを入れてから押してください")


def test_a_button_that_is_not_there_is_not_found(cast: Cast, page: Page, proposed: Propose) -> None:
    page.post(url(proposed("miyagi_r8"), "decide"), {"do": "erase"}, as_=cast.takahashi, status=404)


def test_a_title_is_corrected_beside_the_lines_of_the_document(
    cast: Cast, page: Page, proposed: Propose
) -> None:
    imported = proposed("yamagata_r4")
    row = find(imported, "indicator", "防災士")
    address = reverse("ingest:correct", args=[row.pk])
    form = page.get(address, as_=cast.takahashi)
    assert "2,233人" in form.texts("//li[@class='cited']")[0]
    sent = {"name": "防災士の数", "unit": "人", "direction": "up", "note": "", "home": str(row.parent_id)}
    shown = page.post(address, sent)
    assert shown.says("防災士の数")
    assert shown.says("訂正済み")


def test_a_value_that_is_no_number_is_refused_on_its_field(cast: Cast, page: Page, proposed: Propose) -> None:
    row = find(proposed("yamagata_r4"), "figure", "2,233人")
    sent = {"role": "actual", "fiscal_year": "令和4年度", "text": "2,2x3人", "home": str(row.parent_id)}
    shown = page.post(reverse("ingest:correct", args=[row.pk]), sent, as_=cast.takahashi, status=400)
    assert "「2,2x3人」を数値として読み取れません" in shown.errors[0]


def test_a_thing_is_moved_under_another_heading_in_its_form(
    cast: Cast, page: Page, proposed: Propose
) -> None:
    imported = proposed("yamagata_r4")
    row, home = find(imported, "indicator", "防災士"), find(imported, "section", "市町村との連携強化")
    sent = {"name": row.payload["name"], "unit": "人", "direction": "up", "home": str(home.pk)}
    page.post(reverse("ingest:correct", args=[row.pk]), sent, as_=cast.takahashi)
    assert find(imported, "indicator", "防災士").parent_id == home.pk


def test_a_line_is_split_where_a_break_was_typed(cast: Cast, page: Page, proposed: Propose) -> None:
    imported = proposed("yamagata_r4")
    row = find(imported, "item", "環境教室(160回)")
    words = row.payload["text"].replace("と環境アドバイザー", "\nと環境アドバイザー")
    page.post(reverse("ingest:split", args=[row.pk]), {"parts": words}, as_=cast.takahashi)
    assert find(imported, "item", "環境アドバイザー").payload["text"].startswith("と環境アドバイザー")


def test_a_split_that_changes_words_is_refused(cast: Cast, page: Page, proposed: Propose) -> None:
    row = find(proposed("yamagata_r4"), "item", "環境教室(160回)")
    shown = page.post(
        reverse("ingest:split", args=[row.pk]), {"parts": "別の\n文"}, as_=cast.takahashi, status=400
    )
    assert shown.errors == ["分けたいところに改行を1つ入れてください。文字の訂正は、分けたあとで行えます。"]


def test_what_the_reader_missed_is_added_by_hand_with_its_line(
    cast: Cast, page: Page, proposed: Propose
) -> None:
    imported = proposed("yamagata_r4")
    home = find(imported, "section", "市町村との連携強化")
    address = f"{url(imported, 'add')}?kind=item&under={home.pk}"
    page.post(address, {"text": "市町村と会議を開催", "depth": "1", "line": "23"}, as_=cast.takahashi)
    row = find(imported, "item", "市町村と会議を開催")
    assert (row.parent_id, row.line) == (home.pk, 23)
    assert "災害" in row.quote


def test_title_years_and_rule_are_corrected_before_anything_is_made(
    cast: Cast, page: Page, proposed: Propose
) -> None:
    imported = proposed("iwate_r2")
    form = page.get(url(imported, "head"), as_=cast.takahashi)
    assert form.find("//select[@name='scheme']/option[@selected]/@value") == ["read"]
    sent = {
        "plan_name": "行政経営プラン",
        "title": "令和2年度の取組状況",
        "organisation": "岩手県",
        "fiscal_year": "R2",
        "period_from": "R1",
        "period_to": "R10",
        "level_names": "柱、取組",
        "scheme": "plain",
        "summary": "",
    }
    shown = page.post(url(imported, "head"), sent)
    assert shown.h1 == "令和2年度の取組状況"
    assert shown.says("標準（◎○△×）")
    made = services.accept(imported=imported, by=cast.takahashi).edition
    assert made is not None
    assert (made.plan.name, made.plan.level_names) == ("行政経営プラン", ["柱", "取組"])


def test_a_period_that_runs_backwards_is_refused(cast: Cast, page: Page, proposed: Propose) -> None:
    sent = {"plan_name": "計画", "title": "計画", "period_from": "R10", "period_to": "R1"}
    shown = page.post(url(proposed("iwate_r2"), "head"), sent, as_=cast.takahashi, status=400)
    assert "期間の終わりの年度が始まりより前です" in shown.errors[0]


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("empty.txt", b"", "空"),
        ("broken.pdf", b"%PDF-1.7\nbroken", "broken.pdf"),
        ("page.pdf", b"<html><body>404</body></html>", "page.pdf"),
        ("picture.png", b"\x89PNG", "扱えない種類"),
    ],
)
def test_a_file_that_cannot_be_read_is_told_on_the_form_and_nothing_is_kept(
    cast: Cast, page: Page, name: str, data: bytes, words: str
) -> None:
    shown = page.post(reverse("ingest:new"), upload(name, data), as_=cast.takahashi, status=400)
    assert words in shown.errors[0]
    assert not Import.objects.exists()
    assert not SourceDocument.objects.exists()


def test_the_same_form_sent_again_leads_to_the_same_import(cast: Cast, page: Page) -> None:
    form = page.get(reverse("ingest:new"), as_=cast.takahashi)
    [token] = form.find("//main//input[@name='_once']/@value")
    for _ in range(2):
        sent = upload("miyagi.txt", sample("miyagi_r8")) | {"_once": token}
        page.post(reverse("ingest:new"), sent)
    assert Import.objects.count() == 1


def test_an_import_given_up_can_be_looked_at_but_not_taken(cast: Cast, page: Page, proposed: Propose) -> None:
    imported = proposed("miyagi_r8")
    page.post(url(imported, "discard"), {}, as_=cast.takahashi)
    assert page.get(url(imported)).find("//button[@name='do']") == []
    told = page.post(url(imported, "decide"), {"do": "accept_all"})
    assert told.says("この取り込みは取りやめになっています")


@pytest.mark.parametrize("name", SAMPLES)
@pytest.mark.parametrize("tab", ["todo", "all", "facts", "dropped", "missing"])
def test_every_tab_of_every_sample_is_a_sound_page(
    cast: Cast, page: Page, proposed: Propose, name: str, tab: str
) -> None:
    page.get(url(proposed(name)), as_=cast.takahashi, tab=tab)


def test_a_long_document_comes_in_pages_that_name_their_chapters(
    cast: Cast, page: Page, proposed: Propose
) -> None:
    imported = proposed("long", data=long_plan(chapters=6, lines=40))
    shown = page.get(url(imported), as_=cast.takahashi)
    chapters = shown.find("//nav[@aria-label='章の移動']//li")
    assert len(chapters) > 1
    assert len(shown.find("//li[contains(@class,'thing ')]")) <= 210
    last = page.get(url(imported), page=len(chapters))
    assert last.says("第6")
    row = find(imported, "item", "第6の取組40を行う")
    led = page.get(reverse("ingest:at", args=[row.pk]), status=302)
    assert f"page={len(chapters)}#P{row.pk}" in led.address


def test_the_review_asks_the_database_as_often_for_a_long_document(
    cast: Cast, page: Page, proposed: Propose
) -> None:
    short = bring(cast)
    long = proposed("long", data=long_plan(chapters=8, lines=30))
    addresses = [url(short), url(long)]
    page.sign_in(cast.takahashi)
    assert_constant_queries(lambda: page.get(addresses[0]), addresses.reverse)


def long_plan(*, chapters: int, lines: int) -> bytes:
    """A plan of many chapters with many lines."""
    words = ["長い行財政改革プラン（令和8年度）", ""]
    for chapter in range(1, chapters + 1):
        words += [f"第{chapter} 改革その{chapter}", "", f"1 進め方{chapter}", ""]
        words += [f"- 第{chapter}の取組{line}を行う" for line in range(1, lines + 1)] + [""]
    return "\n".join(words).encode()
