"""みやぎ行政運営・働き方改革推進プラン: the sixteen initiatives of R7 as published (facts), and R8 as read.

R7 is domain.md §2; R8 is the digest of seed 000 that the product ships as a sample.
"""

from __future__ import annotations

from pathlib import Path

import kaikaku
from kaikaku.plans.entries import FilledSection, Filling, ItemFields, SectionFields
from kaikaku.readers import open_document
from kaikaku.readers.plan import read_plan

R7 = {
    ("I", "業務の生産性の向上とプロセスの改善"): (
        "生成AI・自動化ツールの積極活用",
        "補助金申請のオンライン化",
        "電子契約の導入・推進",
        "アナログ規制等の見直し",
    ),
    ("II", "働きやすい職場環境の整備"): (
        "エンゲージメントサーベイの導入",
        "テレワーク環境の充実",
        "ペーパーレスの推進",
        "オフィス改革の推進",
    ),
    ("III", "多様な主体との連携"): (
        "民間企業等との協働推進",
        "PPP・PFI制度の活用推進",
        "指定管理者制度の運用見直し",
        "公社等外郭団体の自立的運営の推進",
    ),
    ("IV", "組織力の向上"): (
        "人材確保・育成の強化",
        "柔軟な職員配置と短期業務支援の充実",
        "庁内複業の推進",
        "内部統制の強化",
    ),
}

# What a careful reader finds: each R7 title and what it is called in R8.
HEIRS = {
    "生成AI・自動化ツールの積極活用": "生成AI基盤の全庁展開と積極活用",
    "補助金申請のオンライン化": "補助金業務のアウトソーシングの推進",
    "電子契約の導入・推進": "電子契約の定着と利用拡大",
    "アナログ規制等の見直し": "アナログ規制の見直しとデジタル完結型業務の推進",
    "エンゲージメントサーベイの導入": "エンゲージメントサーベイの全庁展開と組織課題改善",
    "テレワーク環境の充実": "テレワークの適切な運用と柔軟な働き方の定着",
    "ペーパーレスの推進": "ペーパーレスの推進",
    "オフィス改革の推進": "全庁的なオフィス改革と庁内環境の整備",
    "民間企業等との協働推進": "民間企業等との協働推進",
    "PPP・PFI制度の活用推進": "PPP・PFI制度の活用推進",
    "指定管理者制度の運用見直し": "持続可能な指定管理者制度の構築",
    "公社等外郭団体の自立的運営の推進": "公社等外郭団体の自立的運営の推進",
    "人材確保・育成の強化": "人材確保・定着策の強化と職員育成",
    "柔軟な職員配置と短期業務支援の充実": "柔軟な職員配置と短期業務支援の充実",
    "庁内複業の推進": "庁内複業の推進",
    "内部統制の強化": "DXによる予防的ガバナンスと内部統制の高度化",
}


def r7() -> Filling:
    """The edition of 令和7年度: four directions with four initiatives each, numbered as printed."""
    sections: list[FilledSection] = []
    for (number, direction), titles in R7.items():
        top = len(sections)
        sections.append(FilledSection(SectionFields(direction, number)))
        sections += [
            FilledSection(SectionFields(title, str(place)), parent=top)
            for place, title in enumerate(titles, start=1)
        ]
    return Filling(sections=tuple(sections))


def r8() -> Filling:
    """The edition of 令和8年度 as the reader finds it in the digest."""
    path = Path(kaikaku.__file__).parent / "samples" / "miyagi_r8.txt"
    outline = read_plan(open_document(path))
    return Filling(
        sections=tuple(
            FilledSection(
                SectionFields(section.title, section.number or "", body="\n".join(section.text)),
                parent=section.parent,
                items=tuple(ItemFields(item.text, depth=item.depth) for item in section.items),
            )
            for section in outline.sections
        )
    )
