"""Data in and out of the database: `import`, `publish`, `backup`, `restore`."""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kaikaku.cli.django_side import require_database, start
from kaikaku.core.errors import RuleViolation

if TYPE_CHECKING:
    from kaikaku.org.models import Organisation, User


def register(commands: Any) -> None:
    bring = commands.add_parser(
        "import",
        help="文書を取り込む",
        description="文書を読み取り、取り込みの案を作ります。--accept を付けると、すべて受け入れます。",
    )
    bring.add_argument("file", metavar="ファイル", type=Path)
    bring.add_argument("--organisation", metavar="団体", required=True, help="団体の短い名前（例：mihon）")
    bring.add_argument("--by", metavar="利用者", help="操作した人として記録する利用者名")
    bring.add_argument("--accept", action="store_true", help="案をすべて受け入れる")
    bring.set_defaults(run=run_import)
    publish = commands.add_parser(
        "publish",
        help="版を公表する",
        description="版の今の内容を固定して公表し、同じものを出力先にも作ります。",
    )
    publish.add_argument("edition", metavar="版", type=int, help="版の番号（/plans/editions/番号/）")
    publish.add_argument(
        "--out", metavar="出力先", type=Path, help="作成先のフォルダー（ウェブサーバーに運ぶもの）"
    )
    publish.add_argument("--by", metavar="利用者", help="操作した人として記録する利用者名")
    publish.add_argument(
        "--reason", metavar="理由", default="", help="前回から変わった箇所すべてに付ける正誤の理由"
    )
    publish.set_defaults(run=run_publish)
    backup = commands.add_parser(
        "backup",
        help="控えを取る",
        description="データベース、出典の文書、公表したものを1つのファイルにまとめます。動かしたまま取れます。",
    )
    backup.add_argument(
        "file", metavar="ファイル", type=Path, help="作るファイル（例：kaikaku-20261121.tar.gz）"
    )
    backup.set_defaults(run=run_backup)
    restore = commands.add_parser(
        "restore",
        help="控えから戻す",
        description="控えの中身を確かめてから、すべて入れ替えます。止めてから実行してください。",
    )
    restore.add_argument("file", metavar="ファイル", type=Path)
    restore.add_argument("--replace", action="store_true", help="今あるデータを控えの内容で置き換える")
    restore.set_defaults(run=run_restore)


def organisation_named(slug: str) -> Organisation:
    from kaikaku.org import queries

    found = queries.organisation_by_slug(slug)
    if found is None:
        raise RuleViolation(
            "cli.no_organisation", f"団体「{slug}」がありません。短い名前（例：mihon）を確かめてください。"
        )
    return found


def person_named(username: str | None) -> User | None:
    from kaikaku.org import queries

    if username is None:
        return None
    found = queries.user_by_name(username)
    if found is None:
        raise RuleViolation("cli.no_user", f"利用者「{username}」がいません。利用者名を確かめてください。")
    return found


def run_import(arguments: argparse.Namespace) -> int:
    start()
    require_database()
    from kaikaku.ingest import services
    from kaikaku.readers import limits

    organisation, by = organisation_named(arguments.organisation), person_named(arguments.by)
    if not arguments.file.is_file():
        raise RuleViolation(
            "cli.no_file", f"「{arguments.file}」が見つかりません。ファイルの名前と場所を確かめてください。"
        )
    limits.check_bytes(arguments.file.stat().st_size, limits.MAX_PDF_BYTES, name=arguments.file.name)
    proposed = services.propose(
        organisation=organisation, name=arguments.file.name, data=arguments.file.read_bytes(), by=by
    )
    if arguments.accept:
        services.accept(imported=proposed, by=by)
        print(f"{arguments.file.name} を取り込みました（/import/{proposed.pk}/）。")
    else:
        print(f"{arguments.file.name} の取り込み案を作りました。/import/{proposed.pk}/ で確かめてください。")
    return 0


def run_publish(arguments: argparse.Namespace) -> int:
    start()
    require_database()
    from kaikaku.org.queries import today
    from kaikaku.publish import queries, services

    edition = queries.edition_by_number(arguments.edition)
    if edition is None:
        raise RuleViolation(
            "cli.no_edition", f"版 {arguments.edition} がありません。版の番号を確かめてください。"
        )
    reasons = reasons_for(edition, arguments.reason, today())
    publication = services.publish_edition(
        edition=edition, by=person_named(arguments.by), published_on=today(), reasons=reasons
    )
    print(f"公表しました：{publication}（SHA-256 {publication.sha256[:16]}…）")
    if arguments.out:
        services.print_to(publication=publication, out=arguments.out)
        print(f"出力先：{arguments.out / 'index.html'}")
    return 0


def reasons_for(edition: Any, reason: str, day: date) -> dict[str, str]:
    from kaikaku.publish import queries

    if not reason:
        return {}
    return {change.key: reason for change in queries.preparation(edition, published_on=day).changes}


def run_backup(arguments: argparse.Namespace) -> int:
    start()
    require_database()
    from kaikaku.cli.archive import write_backup

    files = write_backup(arguments.file)
    print(f"控えを取りました：{arguments.file}（{files}ファイル）")
    return 0


def run_restore(arguments: argparse.Namespace) -> int:
    start()
    from kaikaku.cli.archive import restore_backup

    restore_backup(arguments.file, replace=arguments.replace)
    print("控えから戻しました。kaikaku check で確かめてから起動してください。")
    return 0
