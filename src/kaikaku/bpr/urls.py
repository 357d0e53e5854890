"""/bpr/."""

from django.urls import path

from kaikaku.bpr.views import files, measuring, projects

app_name = "bpr"
urlpatterns = [
    path("", projects.index, name="index"),
    path("summary/", projects.summary, name="summary"),
    path("policy/", measuring.policy, name="policy"),
    path("workbook/", files.workbook, name="workbook"),
    path("upload/", files.upload, name="upload"),
    path("intakes/<int:pk>/", files.intake, name="intake"),
    path("intakes/<int:pk>/take/", files.take, name="take"),
    path("intakes/<int:pk>/drop/", files.drop, name="drop"),
    path("new/", projects.register, name="register"),
    path("<int:pk>/", projects.project, name="project"),
    path("<int:pk>/revise/", projects.revise, name="revise"),
    path("<int:pk>/steps/", projects.steps, name="steps"),
    path("<int:pk>/stage/", projects.stage, name="stage"),
    path("<int:pk>/begin/", projects.begin, name="begin"),
    path("<int:pk>/retire/", projects.retire, name="retire"),
    path("<int:pk>/measure/", measuring.measure, name="measure"),
    path("measurements/<int:pk>/verify/", measuring.verify, name="verify"),
    path("measurements/<int:pk>/withdraw/", measuring.withdraw, name="withdraw"),
]
