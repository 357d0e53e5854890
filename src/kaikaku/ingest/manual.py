"""The page of the manual on bringing a document in."""

from kaikaku.ui.manual import ManualPage, Part, Reader, Want

PAGES = (
    ManualPage(
        slug="import",
        title="文書を取り込む",
        part=Part.PLANS,
        order=20,
        template="ingest/manual/import.html",
        summary="公表した文書を読み取り、確かめて、プランに入れるまでを説明します。",
        wants=(
            Want(Reader.SECRETARIAT, "公表した文書からプランを作る", "choose"),
            Want(Reader.SECRETARIAT, "読み取りのまちがいを直す", "check"),
        ),
        helps={
            "ingest:new": "choose",
            "ingest:imports": "choose",
            "ingest:import": "check",
            "ingest:add": "add",
            "ingest:result": "result",
            "ingest:discard": "stop",
            "ingest:head": "check",
            "ingest": "check",
        },
    ),
    ManualPage(
        slug="lint",
        title="表を点検する",
        part=Part.PUBLIC,
        order=30,
        template="ingest/manual/lint.html",
        summary="ExcelやCSVの表が、機械で読める形かを調べ、直し方を知る方法です。",
        wants=(
            Want(Reader.EMPLOYEE, "Excelの表が機械で読めるかを調べる", "check"),
            Want(Reader.SECRETARIAT, "全庁の様式を点検する", "check"),
        ),
        helps={"ingest:lint": "check"},
    ),
)
