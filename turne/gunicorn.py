"""How gunicorn serves Turne, at home and in production: `gunicorn -c python:turne.gunicorn`."""

from turne import settings
from turne.logs import config_dict

wsgi_app = "turne.wsgi:application"
worker_class = "gthread"
workers = settings.WEB_WORKERS
threads = settings.WEB_THREADS
#: Requests in flight get this long when the service ends.
graceful_timeout = 2 if settings.DEBUG else 20
timeout = 60
#: Addresses of private feeds and answers are secrets: Turne writes its own line per request, without them.
accesslog = None
loglevel = "warning" if settings.DEBUG else "info"
logconfig_dict = config_dict(json_lines=not settings.DEBUG, level=settings.LOG_LEVEL)
control_socket_disable = True
