"""/exchange/."""

from django.urls import path

from kaikaku.exchange.views import helping, matching, people, requests

app_name = "exchange"
urlpatterns = [
    path("", requests.index, name="index"),
    path("requests/new/", requests.new_request, name="new_request"),
    path("requests/<int:pk>/", requests.request_page, name="request"),
    path("requests/<int:pk>/revise/", requests.revise_request, name="revise_request"),
    path("requests/<int:pk>/withdraw/", requests.withdraw_request, name="withdraw_request"),
    path("requests/<int:pk>/close/", requests.close_request, name="close_request"),
    path("requests/<int:pk>/widen/", requests.widen_request, name="widen_request"),
    path("requests/<int:pk>/apply/", requests.apply_for, name="apply"),
    path("requests/<int:pk>/candidates/", requests.candidates, name="candidates"),
    path("requests/<int:pk>/choose/", requests.choose, name="choose"),
    path("applications/<int:pk>/withdraw/", requests.withdraw_application, name="withdraw_application"),
    path("me/", people.me, name="me"),
    path("me/absences/add/", people.add_absence, name="add_absence"),
    path("absences/<int:pk>/remove/", people.remove_absence, name="remove_absence"),
    path("bank/", people.bank, name="bank"),
    path("calendar/", people.calendar, name="calendar"),
    path("calendar/<int:pk>/", people.busy, name="busy"),
    path("flows/", people.flows, name="flows"),
    path("assignments/<int:pk>/", helping.assignment, name="assignment"),
    path("assignments/<int:pk>/approve/", helping.approve, name="approve"),
    path("assignments/<int:pk>/refuse/", helping.refuse, name="refuse"),
    path("assignments/<int:pk>/start/", helping.start, name="start"),
    path("assignments/<int:pk>/work/", helping.log_work, name="log_work"),
    path("assignments/<int:pk>/extend/", helping.extend, name="extend"),
    path("assignments/<int:pk>/report/", helping.report, name="report"),
    path("assignments/<int:pk>/cancel/", helping.cancel, name="cancel"),
    path("matching/", matching.matching, name="matching"),
    path("matching/schemes/", matching.ensure, name="ensure"),
    path("schemes/<int:pk>/", matching.scheme, name="scheme"),
    path("schemes/<int:pk>/run/", matching.run_matching, name="run_matching"),
    path("runs/<int:pk>/", matching.run, name="run"),
    path("runs/<int:pk>/propose/", matching.propose_run, name="propose_run"),
]
