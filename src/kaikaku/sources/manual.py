"""The page of the manual on where a figure comes from."""

from kaikaku.ui.manual import ManualPage, Part, Reader, Want

PAGES = (
    ManualPage(
        slug="sources",
        title="値の出典をたどる",
        part=Part.PLANS,
        order=60,
        template="sources/manual/sources.html",
        summary="値や文章が、どの文書のどの行から来たかを確かめる方法です。",
        wants=(Want(Reader.EMPLOYEE, "値がどこから来たかを確かめる", "follow"),),
        helps={
            "sources:documents": "documents",
            "sources:revise": "revise",
            "sources": "follow",
        },
    ),
)
