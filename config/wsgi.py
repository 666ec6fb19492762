import os

from django.core.wsgi import get_wsgi_application

from config.starting import set_up

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
application = set_up(get_wsgi_application)
