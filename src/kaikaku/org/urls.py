"""/accounts/, /departments/, /people/, /history/, /healthz."""

from allauth.account import views as account
from django.urls import include, path

from .views import departments, office, people, transfer

office_patterns = [
    path("organisation/", office.organisation, name="organisation"),
    path("departments/", departments.departments, name="departments"),
    path("departments/new/", departments.new_department, name="new_department"),
    path("departments/<int:pk>/", departments.department, name="department"),
    path("departments/<int:pk>/revise/", departments.revise_department, name="revise_department"),
    path("departments/<int:pk>/rename/", departments.rename_department, name="rename_department"),
    path("departments/<int:pk>/close/", departments.close_department, name="close_department"),
    path("departments/<int:pk>/posts/new/", departments.new_post, name="new_post"),
    path("posts/<int:pk>/close/", departments.close_post, name="close_post"),
    path("posts/<int:pk>/appoint/", departments.appoint, name="appoint"),
    path("holdings/<int:pk>/release/", departments.release, name="release"),
    path("transfers/new/", transfer.start_transfer, name="start_transfer"),
    path("transfers/<int:pk>/<str:day>/", transfer.transfer, name="transfer"),
    path("people/", people.people, name="people"),
    path("people/new/", people.new_person, name="new_person"),
    path("people/<int:pk>/", people.person, name="person"),
    path("people/<int:pk>/revise/", people.revise_person, name="revise_person"),
    path("people/<int:pk>/password/reset/", people.reset_password, name="reset_password"),
    path("people/<int:pk>/password/", people.told, name="told"),
    path("people/<int:pk>/deactivate/", people.deactivate, name="deactivate"),
    path("people/<int:pk>/reactivate/", people.reactivate, name="reactivate"),
    path("history/", office.history, name="history"),
    path("history.csv", office.history_csv, name="history_csv"),
    path("healthz", office.healthz, name="healthz"),
]

# allauth under its own names, and only what a closed house needs: no sign-up, no e-mail pages.
account_patterns = [
    path("login/", account.login, name="account_login"),
    path("logout/", account.logout, name="account_logout"),
    path("inactive/", account.account_inactive, name="account_inactive"),
    path("reauthenticate/", account.reauthenticate, name="account_reauthenticate"),
    path("password/change/", account.password_change, name="account_change_password"),
]

urlpatterns = [
    path("", include((office_patterns, "org"))),
    path("accounts/", include(account_patterns)),
]
