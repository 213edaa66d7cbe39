"""The WSGI application that gunicorn serves: Django, and in front of it what hands out stored calendars."""

import os

from django.core.wsgi import get_wsgi_application
from django.utils.module_loading import import_string

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "turne.settings")
application = import_string("api.calendar_hatch.CalendarHatch")(get_wsgi_application())
