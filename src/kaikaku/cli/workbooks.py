"""Excel out and in without a browser: `export-workbook`, `import-workbook`."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kaikaku.cli.data import person_named
from kaikaku.cli.django_side import require_database, start
from kaikaku.core.errors import RuleViolation

if TYPE_CHECKING:
    from kaikaku.org.models import User
    from kaikaku.reporting.models import Round, Sheet, UploadPart
    from kaikaku.reporting.services.reviewing import Reviewed

DONE, REFUSED = 0, 1


def register(commands: Any) -> None:
    out = commands.add_parser(
        "export-workbook",
        help="調書の様式をExcelブックで作る",
        description="照会の調書を、1行に1つの指標または記入欄のExcelブックにします。記入したブックは "
        "import-workbook か調書の画面から取り込めます。",
    )
    out.add_argument(
        "round", metavar="照会", help="照会の番号（/reports/rounds/番号/）、または edition:版の番号"
    )
    out.add_argument(
        "--section",
        metavar="所属",
        action="append",
        default=[],
        help="この所属だけ（何度でも）。省くと全所属",
    )
    out.add_argument("--out", metavar="ファイル", type=Path, required=True, help="作るファイル（.xlsx）")
    out.add_argument("--by", metavar="利用者", help="操作した人として記録する利用者名")
    out.set_defaults(run=run_export)
    bring = commands.add_parser(
        "import-workbook",
        help="記入したExcelブックを調書に取り込む",
        description="取り込む単位は調書です。直すところが1か所でもある調書は、何も取り込まず、標準エラーに示します。"
        "取り込める調書は、まとめて1度に取り込みます。事務局の利用者は、どの所属の調書も代わりに取り込めます。",
    )
    bring.add_argument("file", metavar="ファイル", type=Path)
    bring.add_argument("--by", metavar="利用者", required=True, help="取り込む人の利用者名（担当か事務局）")
    bring.add_argument("--dry-run", action="store_true", help="何が変わるかを示すだけで、取り込まない")
    bring.set_defaults(run=run_import)


def run_export(arguments: argparse.Namespace) -> int:
    """Write the workbook whole, or not at all."""
    start()
    require_database()
    from kaikaku.reporting import services
    from kaikaku.reporting.queries import uploads, workbooks
    from kaikaku.writers.workbook import write_workbook

    round_ = uploads.round_numbered(arguments.round)
    if round_ is None:
        raise RuleViolation(
            "cli.no_round",
            f"照会「{arguments.round}」がありません。照会の番号（/reports/rounds/番号/）か、"
            "edition:版の番号を指定してください。",
        )
    sheets = _chosen(workbooks.sheets_of(round_), arguments.section)
    fresh = arguments.out.with_name(arguments.out.name + ".part")
    book = services.hand_out(round_=round_, sheets=sheets, by=person_named(arguments.by))
    try:
        with fresh.open("wb") as file:
            write_workbook(book, file)
        fresh.replace(arguments.out)
    except OSError as trouble:
        raise RuleViolation(
            "cli.cannot_write",
            f"{arguments.out} に書けません（{trouble.strerror}）。"
            "フォルダーがあるかと、空き容量・権限を確かめてください。",
        ) from trouble
    finally:
        fresh.unlink(missing_ok=True)
    print(f"{round_.title}：{len(sheets)}所属の様式を作りました（{arguments.out}）。")
    return DONE


def _chosen(sheets: list[Sheet], names: Sequence[str]) -> list[Sheet]:
    known = {sheet.department.name for sheet in sheets}
    unknown = [name for name in names if name not in known]
    if unknown:
        raise RuleViolation(
            "cli.no_section",
            f"この照会に「{'」「'.join(unknown)}」の調書はありません。所属の名前（例：{sheets[0].department.name}）を確かめてください。"
            if sheets
            else "この照会に調書がありません。",
        )
    return [sheet for sheet in sheets if not names or sheet.department.name in names]


def run_import(arguments: argparse.Namespace) -> int:
    """Take in what can be; tell what cannot."""
    start()
    require_database()
    from kaikaku.readers import read_file

    by = person_named(arguments.by)
    assert by is not None
    name = arguments.file.name
    data = read_file(arguments.file, name)
    round_ = _round_of(data, name, by)
    refused = 0
    for sheet in _scopes(round_, by):
        refused += _bring_in(round_, sheet, data, arguments, by)
    return REFUSED if refused else DONE


def _round_of(data: bytes, name: str, by: User) -> Round:
    from kaikaku.reporting.queries import uploads
    from kaikaku.reporting.services.importing import cells_of
    from kaikaku.reporting.workbooks.reading import round_keys

    keys = round_keys(cells_of(data, name))
    for key in keys:
        found = uploads.round_keyed(by, key)
        if found is not None:
            return found
    said = f"（照会キー「{keys[0]}」）" if keys else ""
    raise RuleViolation(
        "cli.other_round",
        f"「{name}」は、{by.name}さんの団体の照会の様式ではありません{said}。"
        "export-workbook で作った様式を使ってください。",
    )


def _scopes(round_: Round, by: User) -> list[Sheet | None]:
    """The whole round for the office; for a clerk each sheet of their own."""
    from kaikaku.reporting.queries import standing_of, uploads

    if standing_of(by).is_office:
        return [None]
    own: list[Sheet | None] = [*uploads.own_sheets(round_, by)]
    if not own:
        raise RuleViolation(
            "cli.nothing_to_fill",
            f"{by.name}さんは、「{round_.title}」のどの調書の担当でもありません。担当か事務局の利用者名を指定してください。",
        )
    return own


def _bring_in(
    round_: Round, sheet: Sheet | None, data: bytes, arguments: argparse.Namespace, by: User
) -> int:
    """Look at one scope and, unless it is a dry run, take in what is ready; how many sheets are refused."""
    from kaikaku.reporting import services
    from kaikaku.reporting.services.reviewing import NOTHING, READY

    asked: dict[str, Any] = {
        "round_": round_,
        "sheet": sheet,
        "name": arguments.file.name,
        "data": data,
        "by": by,
    }
    if arguments.dry_run:
        looked = services.look_at(**asked)
        told, reviews = (
            [one.as_json() for one in looked.told],
            list(zip(looked.parts, looked.reviews, strict=True)),
        )
    else:
        upload = services.receive(**asked)
        told, reviews = upload.told, services.reviews_of(upload)
    _tell("", told)
    for part, reviewed in reviews:
        _report(part, reviewed)
    ready = {part.sheet_id: reviewed.version for part, reviewed in reviews if reviewed.state == READY}
    if ready and not arguments.dry_run:
        done = services.apply(upload=upload, chosen=ready, by=by)
        print(f"{len(done.departments)}所属の調書に、{done.cells}か所を取り込みました。")
    return sum(reviewed.state not in (READY, NOTHING) for _, reviewed in reviews)


def _report(part: UploadPart, reviewed: Reviewed) -> None:
    from kaikaku.reporting.services.reviewing import NOTHING, READY, STATES

    name = part.sheet.department.name
    line = f"{name}：{STATES[reviewed.state]}"
    if reviewed.state in (READY, NOTHING):
        print(f"{line}（{reviewed.taken}か所）" if reviewed.taken else line)
    else:
        print(f"kaikaku: {line}。{reviewed.why}", file=sys.stderr)
    _tell(name, part.told)
    for cell in reviewed.cells:
        if cell.refused:
            print(f"kaikaku: {name}　{cell.place}「{cell.mine}」　{cell.refused}", file=sys.stderr)
        elif cell.outcome == "choose":
            print(
                f"kaikaku: {name}　{cell.place}　様式を作った後に「{cell.theirs}」に変わっています。"
                f"Excelの「{cell.mine}」と、どちらを残すかを画面で選んでください。",
                file=sys.stderr,
            )


def _tell(name: str, told: Sequence[Any]) -> None:
    for one in told:
        where = "　".join(filter(None, (name, one["place"])))
        print(
            f"kaikaku: {where}　{one['message']}" if where else f"kaikaku: {one['message']}", file=sys.stderr
        )
