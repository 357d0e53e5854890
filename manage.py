"""Django's own commands on our settings; everything a user needs is in `kaikaku`."""

import os

from django.core.management import execute_from_command_line

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kaikaku.settings")
    execute_from_command_line()
