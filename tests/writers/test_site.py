"""The public site: whole, safe and readable from a folder, without script and without the network."""

import posixpath
import re
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from lxml import etree
from tests.writers.printing import contents, page, pages_of, publish, words
from tests.writers.sample_dataset import large, sample

from kaikaku.writers.book import LARGE_INDICATORS, file_name, open_book
from kaikaku.writers.dataset import EditionDataset
from kaikaku.writers.portal import PortalEntry, write_portal

HOSTILE = f"indicators/{file_name(chr(120) + '<1>' + chr(34) + '&' + chr(39))}.html"


def links(tree: etree._Element) -> list[str]:
    return [str(url) for url in tree.xpath("//@href | //@src | //@action")]


def assert_links_resolve(folder: Path) -> None:
    pages = pages_of(folder)
    trees = {path: page(folder, path) for path in pages}
    ids = {path: set(tree.xpath("//@id")) for path, tree in trees.items()}
    for path, tree in trees.items():
        for url in links(tree):
            parts = urlsplit(url)
            assert not parts.scheme, f"{path} leads outside: {url}"
            assert not parts.netloc, f"{path} leads outside: {url}"
            target = (
                posixpath.normpath(posixpath.join(posixpath.dirname(path), unquote(parts.path)))
                if parts.path
                else path
            )
            assert (folder / target).is_file(), f"{path}: {url} is not there"
            assert not parts.fragment or parts.fragment in ids[target], f"{path}: {url} has no such place"


def test_every_page_is_sound_and_every_link_leads_somewhere_within(printed: Path) -> None:
    assert_links_resolve(printed)


@pytest.mark.parametrize(
    "dataset",
    [
        replace(
            sample(), sections=(), indicators=(), tallies=(), lists=(), scheme=None, period=None, errata=()
        ),
        replace(
            sample(),
            tallies=(),
            lists=(),
            indicators=tuple(replace(i, results=()) for i in sample().indicators),
        ),
        replace(sample(), sections=(), tallies=(), lists=(), chapters=(), footnotes=(), sources=()),
        large(LARGE_INDICATORS * 2 + 200, years=2, pillars=2),
    ],
    ids=["bare", "no results", "no sections", "large"],
)
def test_any_edition_makes_a_whole_site(dataset: EditionDataset, tmp_path: Path) -> None:
    publish(dataset, tmp_path / "out")
    assert_links_resolve(tmp_path / "out")


def test_no_page_carries_script_or_style_of_its_own(printed: Path) -> None:
    for path in pages_of(printed):
        html = (printed / path).read_text(encoding="utf-8")
        assert not re.search(r"<style|\sstyle=|\son[a-z]+=|javascript:", html), path
        for script in page(printed, path).xpath("//script"):
            assert script.get("src")
            assert not (script.text or "").strip()


def test_only_the_search_page_loads_a_script(printed: Path) -> None:
    assert [p for p in pages_of(printed) if page(printed, p).xpath("//script")] == ["search.html"]


def test_styles_and_scripts_call_nothing_outside(printed: Path) -> None:
    for path, data in contents(printed).items():
        if path.startswith("assets/") and path != "assets/icon.svg":
            assert not re.search(rb"https?://|@import|//[a-z]+\.", data), path


def test_the_first_page_opens_with_the_plan_in_its_sentences_and_the_summary(printed: Path) -> None:
    tree = page(printed, "index.html")
    said = words(tree)
    for sentence in sample().summary:
        assert sentence in said
    assert (
        said.index(sample().summary[0])
        < said.index("うまくいったこと")
        < said.index("うまくいかなかったこと")
    )
    total = ["".join(cell.itertext()) for cell in tree.xpath("//tr[@class='total']/td")]
    assert total[:6] == ["57", "3663.2%", "1322.8%", "11.7%", "58.8%", "23.5%"]
    assert tree.xpath("//*[local-name()='svg'][@role='img']")


def test_iwates_row_with_largest_remainder_stands_on_the_first_page(printed: Path) -> None:
    row = page(printed, "index.html").xpath("//table//tr[th[contains(., 'ワーク・ライフ')]]/td")
    assert ["".join(cell.itertext()) for cell in row][:6] == [
        "9",
        "333.3%",
        "444.5%",
        "00.0%",
        "222.2%",
        "00.0%",
    ]


def test_what_did_not_go_well_names_each_with_mark_and_footnote(printed: Path) -> None:
    said = words(page(printed, "index.html"), "//section[@aria-labelledby='not-well']")
    assert "新規招聘医師数＊（外的要因の印）" in said
    assert "＊ 新型コロナウイルス感染症の影響によるもの。" in said
    assert "測定ができなかった指標" in said


def test_an_indicator_shows_figures_working_chart_table_and_source(printed: Path) -> None:
    tree = page(printed, "indicators/online-procedures.html")
    said = words(tree)
    assert "(71.5 − 1.5) ÷ (60 − 1.5) × 100 = 119.7 %" in said
    assert "119.7%" in said
    assert "最終目標に対する達成率71.1%" in said
    assert tree.xpath("//figure//*[local-name()='svg'][@role='img']")
    assert "令和4年度100%——" in words(tree, "//table//tr[last()]").replace("（値がありません）", "").replace(
        " ", ""
    )
    assert "40行目" in words(tree, "//section[@aria-labelledby='quotes']")


def test_not_measurable_is_told_with_its_cause_and_its_external_factor(printed: Path) -> None:
    said = words(page(printed, "indicators/patient-satisfaction.html"))
    assert "測定不能" in said
    assert "調査を中止したため、測定できませんでした。" in said
    assert "外的要因：新型コロナウイルス感染症の影響（令和2年度）" in said
    assert "評価は変えていません" in said


def test_a_negative_rate_is_kept(printed: Path) -> None:
    assert "△65.4%" in words(page(printed, "indicators/tax-arrears.html"))


def test_a_cumulative_target_and_a_missing_baseline_say_so(printed: Path) -> None:
    said = words(page(printed, "indicators/savings.html"))
    assert "R3からの累計" in said
    assert "基準値を定めていない" in said
    assert "120億円 (R3~R6年度累計)" in said


def test_a_target_of_another_year_is_named(printed: Path) -> None:
    said = words(page(printed, "indicators/paternity-leave.html"))
    assert "令和7年度の目標100%" in said
    assert "目標：令和7年度" in said


def test_a_name_with_markup_is_printed_as_words(printed: Path) -> None:
    tree = page(printed, HOSTILE)
    assert words(tree, "//h1").startswith("<script>alert('1')</script> & \"引用\"")
    assert "<b>タグ</b> & 記号" in words(tree)


def test_a_cross_listed_indicator_stands_at_both_places_and_says_so(printed: Path) -> None:
    again = page(printed, "sections/s4.html").xpath("//tr[.//span[text()='再掲']]//a/@href")
    assert again == [f"../{HOSTILE}"]
    assert page(printed, "sections/s2.html").xpath(f"//a[@href='../{HOSTILE}']")


def test_a_section_page_holds_its_whole_subtree_in_order(printed: Path) -> None:
    heads = page(printed, "sections/s4.html").xpath("//main//h1 | //main//h2 | //main//h3")
    assert [" ".join("".join(h.itertext()).split()) for h in heads] == [
        "IV 戦略的で実効性のあるマネジメント改革の推進",
        "1 持続可能な財政構造を構築します",
        "2 公営企業や県出資等法人の健全経営を推進します",
        "(1) 県立病院の経営改善",
    ]


def test_items_stand_under_their_year_and_kind(printed: Path) -> None:
    said = words(page(printed, "sections/s1.html"))
    order = [
        "令和2年度の主な取組実績",
        "71.5%をオンライン化",
        "企業との包括連携協定",
        "令和3年度の主な取組計画",
        "へき地診療所",
    ]
    assert [said.index(one) for one in order] == sorted(said.index(one) for one in order)


def test_every_page_has_its_record_and_the_publications_hash(printed: Path) -> None:
    for path in pages_of(printed):
        said = words(page(printed, path), "//footer")
        assert "第2号" in said, path
        assert "令和3年9月10日" in said, path
        assert sample().sha256() in said, path
        assert "訂正が1件あります" in said, path
        assert path in said
        assert "PDL1.0" in said


def test_pages_of_figures_have_csv_and_json_beside_them(printed: Path) -> None:
    for path in pages_of(printed):
        if path.split("/")[0] in {
            "index.html",
            "sections",
            "indicators",
            "indicators.html",
            "sources.html",
            "errata.html",
        }:
            kinds = page(printed, path).xpath("//link[@rel='alternate']/@type")
            assert {"text/csv", "application/json"} <= set(kinds), path


def test_a_sample_is_marked_on_every_page_and_the_real_is_not(printed: Path, tmp_path: Path) -> None:
    for path in pages_of(printed):
        assert page(printed, path).xpath("//p[@class='sample-band']"), path
    publish(replace(sample(), sample=False), tmp_path / "out")
    assert not page(tmp_path / "out", "index.html").xpath("//p[@class='sample-band']")


def test_lists_come_in_three_orders(printed: Path) -> None:
    def names(path: str) -> list[str]:
        return [a.text for a in page(printed, path).xpath("//main//tbody//th//a")]

    plan, grade, rate = (names(f"indicators{o}.html") for o in ("", "-by-grade", "-by-rate"))
    assert plan == [one.name for one in sample().indicators]
    assert grade[:2] == ["県税の収納未済額", "新規招聘医師数"]
    assert grade[-1] == "電力の安定供給を行った日数"
    assert rate[0] == "県税の収納未済額"
    assert sorted(plan) == sorted(grade) == sorted(rate)
    assert page(printed, "indicators-by-rate.html").xpath("//th[@aria-sort='ascending']//a[text()='達成率']")


def test_a_long_list_is_cut_into_pages(tmp_path: Path) -> None:
    publish(large(450, years=1), tmp_path / "out")
    assert len(page(tmp_path / "out", "indicators-3.html").xpath("//main//tbody//tr")) == 50
    assert page(tmp_path / "out", "indicators.html").xpath("//nav[@class='pager']//a/@href") == [
        "indicators.html", "indicators-2.html", "indicators-3.html",
    ]  # fmt: skip


def test_a_large_section_gives_those_below_pages_of_their_own() -> None:
    book = open_book(large(LARGE_INDICATORS * 2 + 2, years=1, pillars=2))
    assert book.address("p0-3") == "sections/p0-3.html"
    assert open_book(large(20, years=1, pillars=2)).address("p0-1") == "sections/p0.html#s-p0-1"


def test_errata_show_old_and_new(printed: Path) -> None:
    tree = page(printed, "errata.html")
    assert (words(tree, "//del"), words(tree, "//ins")) == ("36件", "38件")


def test_the_rules_are_told_in_words(printed: Path) -> None:
    said = words(page(printed, "about.html"))
    for told in (
        "80%以上100%未満",
        "60%未満",
        "割合の分母には、測定不能の指標も含めます。",
        "最大剰余法",
        "（実績値 − 基準値）÷（目標値 − 基準値）",
    ):
        assert told in said


def test_bands_with_open_edges_are_worded_right(tmp_path: Path) -> None:
    scheme = sample().scheme
    assert scheme is not None
    bands = (
        replace(scheme.bands[0], lower=Decimal("99.5"), inclusive=False),
        replace(scheme.bands[1], lower=None),
    )
    publish(
        replace(sample(), scheme=replace(scheme, bands=bands), tallies=(), lists=(), indicators=()),
        tmp_path / "out",
    )
    said = words(page(tmp_path / "out", "about.html"))
    assert "99.5%を超える" in said
    assert "99.5%以下" in said


def test_every_column_of_every_table_is_described_on_the_data_page(printed: Path) -> None:
    tree = page(printed, "data/index.html")
    for path in printed.glob("data/*-excel.csv"):
        for name in path.read_text(encoding="utf-8-sig").split("\n", 1)[0].split(","):
            assert name in tree.xpath("//code/text()")


def test_the_search_index_leads_to_pages(printed: Path) -> None:
    import json

    text = (printed / "assets/search-index.js").read_text(encoding="utf-8")
    entries = json.loads(text.removeprefix("window.KAIKAKU_INDEX=").removesuffix(";\n"))
    assert {kind for kind, *_ in entries} == {"柱", "取組", "具体的な取組", "内容", "指標", "章", "表"}
    for _, _, href, _ in entries:
        assert (printed / href.partition("#")[0]).is_file()


def test_with_an_address_pages_name_their_permanent_url(tmp_path: Path) -> None:
    publish(sample(), tmp_path / "out", address="https://www.example.lg.jp/plan/")
    html = (tmp_path / "out/indicators/savings.html").read_text(encoding="utf-8")
    url = "https://www.example.lg.jp/plan/indicators/savings.html"
    assert f'<link rel="canonical" href="{url}">' in html
    assert f"<dd>{url}<" in html


@pytest.mark.parametrize("odd", ["A1", "con", "ai/../..", "指標", "x" * 80, "index", ".", "a b", "é"])
def test_a_file_name_is_safe_everywhere(odd: str) -> None:
    assert re.fullmatch(r"[a-z0-9][a-z0-9_-]{0,59}", file_name(odd))
    assert file_name(odd).split(".")[0] not in {"con", "index"}


def test_ids_that_differ_only_in_case_have_different_files() -> None:
    assert len({file_name(one) for one in ("a1", "A1", "a-1", "a 1", "a/1")}) == 5


def test_the_portal_leads_to_each_publication(tmp_path: Path) -> None:
    data = sample()
    entries = [
        PortalEntry(
            "mihon", data.organisation, data.title, data.summary[0], 2, data.published_on, sample=True
        ),
        PortalEntry("other", "べつ県", "<計画>", "", 1, data.published_on),
    ]
    for entry in entries:
        publish(data, tmp_path / entry.href)
    write_portal(entries, tmp_path)
    tree = page(tmp_path, "index.html")
    assert tree.xpath("//main//h3/a/@href") == ["mihon/index.html", "other/index.html"]
    assert words(tree, "//main//h3[a[@href='other/index.html']]") == "<計画>"
    assert words(tree).count("架空の見本") == 1
    assert (tmp_path / "assets/site.css").is_file()


def test_an_empty_portal_says_what_will_be_here(tmp_path: Path) -> None:
    write_portal([], tmp_path)
    assert "公表しているプランはまだありません。" in words(page(tmp_path, "index.html"))
