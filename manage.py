#!/usr/bin/env python
import os
import sys

from django.core.management import execute_from_command_line

if __name__ == "__main__":
    # Stories need no installation: they run where `make run` never wrote its keys.
    settings = "scratch" if sys.argv[1:2] == ["scenario"] else "local"
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", f"ltip.settings.{settings}")
    execute_from_command_line(sys.argv)
