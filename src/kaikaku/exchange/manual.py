"""The page of the manual on help between sections."""

from kaikaku.ui.manual import ManualPage, Part, Reader, Want

PAGES = (
    ManualPage(
        slug="exchange",
        title="庁内の応援",
        part=Part.WORK,
        order=30,
        template="exchange/manual/exchange.html",
        summary="短期業務支援、庁内複業、ジョブチャレンジを、依頼から終了報告まで1つの流れで進めます。",
        wants=(
            Want(Reader.CHIEF, "ほかの所属に応援を頼む", "request"),
            Want(Reader.CHIEF, "自分の所属の職員の応援を承認する", "approve"),
            Want(Reader.EMPLOYEE, "ほかの所属の仕事に応募する", "apply"),
            Want(Reader.SECRETARIAT, "応援の組合せを決める", "matching"),
        ),
        helps={
            "exchange:new_request": "request",
            "exchange:request": "request",
            "exchange:revise_request": "request",
            "exchange:withdraw_request": "request",
            "exchange:candidates": "matching",
            "exchange:me": "apply",
            "exchange:add_absence": "apply",
            "exchange:apply": "apply",
            "exchange:assignment": "approve",
            "exchange:approve": "approve",
            "exchange:refuse": "approve",
            "exchange:log_work": "work",
            "exchange:extend": "work",
            "exchange:report": "work",
            "exchange:matching": "matching",
            "exchange:scheme": "matching",
            "exchange:run": "matching",
            "exchange:calendar": "calendar",
            "exchange:busy": "calendar",
            "exchange:flows": "calendar",
            "exchange": "flow",
        },
    ),
)
