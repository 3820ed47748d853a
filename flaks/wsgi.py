"""The WSGI application that the server imports."""

import os
from importlib import import_module

from django.conf import settings
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "flaks.settings")

application = get_wsgi_application()

# Views, serializers and sources are loaded now, so that the first bot does not wait for them.
import_module(settings.ROOT_URLCONF)
import_module("music.sources").sources()
