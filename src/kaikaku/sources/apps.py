from django.apps import AppConfig


class SourcesConfig(AppConfig):
    name = "kaikaku.sources"
    verbose_name = "出典"
