"""The pages of the manual on ledgers: keeping records, and making a kind."""

from kaikaku.ui.manual import ManualPage, Part, Reader, Want

PAGES = (
    ManualPage(
        slug="ledgers",
        title="台帳に記録する",
        part=Part.REVIEWS,
        order=80,
        template="ledgers/manual/records.html",
        summary="手続、協定、契約、財産などを台帳に記録し、探し、Excelでやり取りします。",
        wants=(
            Want(Reader.CLERK, "台帳に記録する", "write"),
            Want(Reader.CLERK, "Excelでまとめて直す", "excel"),
        ),
        helps={
            "ledgers:intake": "excel",
            "ledgers:upload": "excel",
            "ledgers:measures": "measures",
            "ledgers:cover": "years",
            "ledgers": "write",
        },
    ),
    ManualPage(
        slug="ledger-kinds",
        title="台帳の種類を作る・変える",
        part=Part.REVIEWS,
        order=81,
        template="ledgers/manual/kinds.html",
        summary="台帳の項目、状態、期限の知らせ、集計を、事務局が画面で決めます。",
        wants=(Want(Reader.SECRETARIAT, "新しい台帳を作る", "new"),),
        helps={
            "ledgers:choose": "new",
            "ledgers:new_kind": "new",
            "ledgers:kind_from_file": "new",
            "ledgers:edit_kind": "change",
            "ledgers:replace_kind": "change",
        },
    ),
)
