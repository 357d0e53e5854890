"""/reports/."""

from django.urls import path

from kaikaku.reporting.views import approval, binding, computed, office, settings, sheets, workbooks

app_name = "reporting"
urlpatterns = [
    path("", office.index, name="index"),
    path("rounds/new/", office.start_round, name="start_round"),
    path("rounds/new/<int:pk>/<str:kind>/<int:year>/", office.open_round, name="open_round"),
    path("rounds/<int:pk>/", office.round_page, name="round"),
    path("rounds/<int:pk>/revise/", office.revise_round, name="revise_round"),
    path("rounds/<int:pk>/checks/", settings.checks, name="checks"),
    path("editions/<int:pk>/checks/", settings.edition_checks, name="edition_checks"),
    path("rounds/<int:pk>/remind/", office.remind, name="remind"),
    path("rounds/<int:pk>/close/", office.close_round, name="close_round"),
    path("orphans/", office.orphans, name="orphans"),
    path("sheets/<int:pk>/reassign/", office.reassign, name="reassign"),
    path("chains/", settings.chains, name="chains"),
    path("chains/<int:pk>/", settings.chain, name="chain"),
    path("approvals/", approval.approvals, name="approvals"),
    path("approvals/approve/", approval.approve, name="approve"),
    path("sheets/<int:pk>/", sheets.sheet, name="sheet"),
    path("sheets/<int:pk>/fill/", sheets.fill, name="fill"),
    path("sheets/<int:pk>/submit/", sheets.submit, name="submit"),
    path("sheets/<int:pk>/none/", sheets.answer_none, name="answer_none"),
    path("sheets/<int:pk>/print/", sheets.print_sheet, name="print_sheet"),
    path("sheets/<int:pk>/paper.pdf", sheets.pdf, name="pdf"),
    path("sheets/<int:pk>/paper.docx", sheets.word, name="word"),
    path("sheets/<int:pk>/comment/", sheets.comment, name="comment"),
    path("sheets/<int:pk>/evidence/", sheets.evidence, name="evidence"),
    path("sheets/<int:pk>/return/", approval.return_sheet, name="return_sheet"),
    path("sheets/<int:pk>/undo/", approval.undo, name="undo"),
    path("sheets/<int:pk>/read/", approval.mark_read, name="mark_read"),
    path("sheets/<int:pk>/extend/", office.extend, name="extend"),
    path("sheets/<int:pk>/recompute/", computed.recompute, name="recompute"),
    path("sheets/<int:pk>/figures/<int:row>/typed/", computed.set_aside, name="set_aside"),
    path("sheets/<int:pk>/figures/<int:row>/computed/", computed.resume, name="resume"),
    path("bindings/", binding.bindings, name="bindings"),
    path("indicators/<int:pk>/", binding.binding, name="binding"),
    path("indicators/<int:pk>/<int:year>/", binding.bound_year, name="bound_year"),
    path("indicators/<int:pk>/<int:year>/correct/", binding.correct_bound, name="correct_bound"),
    path("indicators/<int:pk>/bind/", binding.choose_metric, name="choose_metric"),
    path("indicators/<int:pk>/bind/<str:code>/", binding.bind, name="bind"),
    path("indicators/<int:pk>/unbind/", binding.unbind, name="unbind"),
    path("sheets/<int:pk>/workbook/", workbooks.sheet_workbook, name="sheet_workbook"),
    path("sheets/<int:pk>/workbook.xlsx", workbooks.sheet_file, name="sheet_workbook_file"),
    path("sheets/<int:pk>/workbook/<int:upload>/", workbooks.sheet_upload, name="sheet_upload"),
    path("rounds/<int:pk>/workbook/", workbooks.round_workbook, name="round_workbook"),
    path("rounds/<int:pk>/workbook.xlsx", workbooks.round_file, name="round_workbook_file"),
    path("rounds/<int:pk>/workbook/<int:upload>/", workbooks.round_upload, name="round_upload"),
    path(
        "rounds/<int:pk>/workbook/<int:upload>/sheets/<int:sheet>/", workbooks.round_part, name="round_part"
    ),
]
