"""/ledgers/."""

from django.urls import path

from kaikaku.ledgers.views import files, kinds, records, writing

app_name = "ledgers"
urlpatterns = [
    path("", records.index, name="index"),
    path("<int:pk>/", records.ledger, name="ledger"),
    path("<int:pk>/new/", writing.new, name="new_record"),
    path("<int:pk>/measures/", records.measures, name="measures"),
    path("records/<int:pk>/", records.record, name="record"),
    path("records/<int:pk>/revise/", writing.revise, name="revise_record"),
    path("records/<int:pk>/figures/", writing.figures, name="figures"),
    path("records/<int:pk>/withdraw/", writing.withdraw, name="withdraw_record"),
    path("records/<int:pk>/restore/", writing.restore, name="restore_record"),
    path("<int:pk>/records.xlsx", files.workbook, name="workbook"),
    path("<int:pk>/records.csv", files.table, name="csv"),
    path("<int:pk>/upload/", files.upload, name="upload"),
    path("intakes/<int:pk>/", files.intake, name="intake"),
    path("intakes/<int:pk>/take/", files.take, name="take"),
    path("intakes/<int:pk>/drop/", files.drop, name="drop"),
    path("kinds/", kinds.choose, name="choose"),
    path("kinds/new/", kinds.new, name="new_kind"),
    path("kinds/file/", kinds.from_file, name="kind_from_file"),
    path("kinds/<slug:code>/use/", kinds.use, name="use_kind"),
    path("<int:pk>/kind/", kinds.edit, name="edit_kind"),
    path("<int:pk>/kind/file/", kinds.replace_file, name="replace_kind"),
    path("<int:pk>/kind.toml", kinds.kind_file, name="kind_file"),
    path("<int:pk>/years/", kinds.cover, name="cover"),
    path("<int:pk>/retire/", kinds.retire, name="retire"),
    path("<int:pk>/resume/", kinds.resume, name="resume"),
]
