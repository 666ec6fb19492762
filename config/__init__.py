"""What holds the portal together: settings, addresses, queue, launcher.

This file stays empty of imports: `manage.py` opens `config.launch` from here
before a single package is installed.
"""
