"""The page of the manual on re-engineered work."""

from kaikaku.ui.manual import ManualPage, Part, Reader, Want

PAGES = (
    ManualPage(
        slug="bpr",
        title="業務改革の台帳",
        part=Part.WORK,
        order=10,
        template="bpr/manual/bpr.html",
        summary="仕事のやり方の見直しを登録し、減った時間を確かめて数えます。",
        wants=(
            Want(Reader.CLERK, "見直した業務を登録する", "register"),
            Want(Reader.CLERK, "案件と手順をExcelでまとめて直す", "excel"),
            Want(Reader.CHIEF, "効果の測定を確かめる", "verify"),
            Want(Reader.SECRETARIAT, "業務改革の件数と時間をまとめる", "summary"),
        ),
        helps={
            "bpr:register": "register",
            "bpr:revise": "register",
            "bpr:steps": "steps",
            "bpr:stage": "stages",
            "bpr:begin": "measure",
            "bpr:retire": "measure",
            "bpr:measure": "measure",
            "bpr:withdraw": "verify",
            "bpr:upload": "excel",
            "bpr:intake": "excel",
            "bpr:summary": "summary",
            "bpr:policy": "summary",
            "bpr": "read",
        },
    ),
)
