# The image of web, worker, beat and migrate: Python, the locked packages and Turne, run by a user without rights.
FROM python:3.11-slim

ENV PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    PIP_NO_CACHE_DIR=1 \
    PIP_DISABLE_PIP_VERSION_CHECK=1 \
    TURNE_STATIC_ROOT=/srv/turne/static \
    TURNE_MEDIA_ROOT=/srv/turne/media

# Pango and a font: the tour plan as a PDF.
RUN apt-get update \
    && apt-get install --yes --no-install-recommends libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-dejavu-core \
    && rm -rf /var/lib/apt/lists/*

RUN useradd --system --uid 10001 --home-dir /srv/turne --shell /usr/sbin/nologin turne \
    && install -d -o turne -g turne /srv/turne/media

WORKDIR /srv/turne/app

COPY requirements-server.txt ./
RUN pip install --require-hashes -r requirements-server.txt

COPY manage.py ./
COPY venues ./venues
COPY tours ./tours
COPY bookings ./bookings
COPY programmes ./programmes
COPY api ./api
COPY turne ./turne

# The settings are checked here too; these values are seen by this step only, and nothing is sent anywhere.
RUN TURNE_BASE_URL=https://image.invalid \
    TURNE_SECRET_KEY=only-while-the-image-is-built-only-while-the-image-is-built \
    TURNE_FROM_EMAIL=nobody@image.invalid \
    TURNE_EMAIL_URL=dummymail:// \
    DATABASE_URL=sqlite:////tmp/none.sqlite3 \
    python manage.py collectstatic --noinput

USER turne
EXPOSE 8000
CMD ["gunicorn", "-c", "python:turne.gunicorn", "-b", "0.0.0.0:8000"]
