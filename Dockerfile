FROM python:3.11-slim-bookworm

ENV PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    DJANGO_SETTINGS_MODULE=ltip.settings.production
WORKDIR /app

COPY requirements/runtime.txt requirements/runtime.txt
RUN pip install --no-cache-dir --require-hashes -r requirements/runtime.txt

COPY . .
# The values only let the settings load; none of them stays in the image.
RUN SECRET_KEY=build FIELD_ENCRYPTION_KEYS=build FIELD_HMAC_KEY=build ALLOWED_HOSTS=build \
    DATABASE_URL=sqlite://:memory: EMAIL_HOST=build DEFAULT_FROM_EMAIL=build@example.com \
    SITE_ADDRESS=https://build.example \
    python manage.py collectstatic --noinput \
    && useradd --system --uid 10001 ltip

USER ltip
EXPOSE 8000
CMD ["gunicorn", "ltip.wsgi", "--bind", "0.0.0.0:8000", "--worker-class", "gthread", "--workers", "2", "--threads", "8"]
