"""The pages of the manual on publishing, and for who uses the data."""

from kaikaku.ui.manual import ManualPage, Part, Reader, Want

PAGES = (
    ManualPage(
        slug="publish",
        title="公表する、訂正する",
        part=Part.PUBLIC,
        order=10,
        template="publish/manual/publish.html",
        summary="内容を固定して公表し、あとで正誤表を出すまでを説明します。",
        wants=(
            Want(Reader.SECRETARIAT, "公表する", "publish"),
            Want(Reader.SECRETARIAT, "公表したあとで直す（正誤表）", "errata"),
        ),
        helps={
            "publish:publications": "before",
            "publish:publish": "publish",
            "publish:printing": "publish",
            "publish:withdraw": "withdraw",
            "publish": "publish",
        },
    ),
    ManualPage(
        slug="open-data",
        title="公開データを使う",
        part=Part.PUBLIC,
        order=20,
        template="publish/manual/open-data.html",
        summary="公開サイトのデータの受け取り方、列の読み方、使うときの決まりです。",
        wants=(
            Want(Reader.EMPLOYEE, "公開データを受け取って使う", "get"),
            Want(Reader.MEMBER, "公開データを受け取って使う", "get"),
        ),
    ),
)
