"""The WSGI application that gunicorn serves: Django, and in front of it what hands out stored calendars."""

import os

from django.core.wsgi import get_wsgi_application
from django.utils.module_loading import import_string

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "turne.settings")
django = get_wsgi_application()  # sets Django up, without which nothing else can be imported
application = import_string("api.calendar_hatch.CalendarHatch")(django)
