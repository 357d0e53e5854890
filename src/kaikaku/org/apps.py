from django.apps import AppConfig


class OrgConfig(AppConfig):
    name = "kaikaku.org"
    verbose_name = "組織と利用者"
