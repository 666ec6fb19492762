#!/usr/bin/env python3
"""The portal's one command. `python3 manage.py` tells what it can do.

This file must parse on any Python 3, so that an old one is told so in words;
everything else lies in config/launch.
"""

import os
import sys


def run_django():
    """Run one of Django's commands; the launcher started us inside .venv for it."""
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


def main():
    if sys.version_info < (3, 11):
        sys.stderr.write(
            "The portal needs Python 3.11 or newer, and this is Python {}.{}: "
            "install a newer one and run the command with it.\n".format(*sys.version_info[:2])
        )
        return 1
    if os.environ.pop("PORTAL_INSIDE", ""):
        return run_django()
    from config.launch import main as launch

    return launch(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
