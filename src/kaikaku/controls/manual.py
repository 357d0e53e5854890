"""The page of the manual on internal control."""

from kaikaku.ui.manual import ManualPage, Part, Reader, Want

PAGES = (
    ManualPage(
        slug="controls",
        title="内部統制",
        part=Part.WORK,
        order=50,
        template="controls/manual/controls.html",
        summary="リスクと対策を登録し、年1回点検して、評価報告書にまとめます。",
        wants=(
            Want(Reader.CLERK, "内部統制の自己評価に答える", "self-check"),
            Want(Reader.CHIEF, "事故やミスをほかの所属に知らせる", "incident"),
            Want(Reader.SECRETARIAT, "内部統制の評価報告書を出す", "report"),
            Want(Reader.SECRETARIAT, "くり返す入力の誤りを減らす", "slips"),
        ),
        helps={
            "controls:self_check": "self-check",
            "controls:incidents": "incident",
            "controls:incident": "incident",
            "controls:new_incident": "incident",
            "controls:answer_rollout": "incident",
            "controls:ask": "incident",
            "controls:sample": "sample",
            "controls:samples": "sample",
            "controls:draw": "sample",
            "controls:deficiency": "deficiency",
            "controls:new_deficiency": "deficiency",
            "controls:issue": "report",
            "controls:opinion": "report",
            "controls:slips": "slips",
            "controls:slip": "slips",
            "controls:adopt_slip": "slips",
            "controls:years": "year",
            "controls:year": "year",
            "controls": "register",
        },
    ),
)
