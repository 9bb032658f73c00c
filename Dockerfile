# One image for web, worker and beat. It holds no setting: every one comes from the environment.
FROM python:3.11-slim

ENV PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    TA_PORTAL_BOOTSTRAP=0 \
    VAR_DIR=/var/lib/ta-portal

RUN useradd --system --uid 10001 --no-create-home portal \
    && install -d -o portal -g portal /var/lib/ta-portal /var/lib/ta-portal/documents

WORKDIR /app
COPY requirements.lock ./
RUN pip install --no-cache-dir --require-hashes -r requirements.lock
COPY . .

# Static files belong to the image. Collecting them reads settings, so it runs as the try-out, which needs none.
RUN python manage.py collectstatic --noinput --verbosity 0 \
    && rm -rf /var/lib/ta-portal/secret-key \
    && chown -R portal:portal /var/lib/ta-portal

USER portal
EXPOSE 8000
CMD ["gunicorn", "ta_portal.wsgi", "--bind=0.0.0.0:8000", "--preload", "--workers=2", "--threads=4", "--worker-tmp-dir=/tmp", "--graceful-timeout=20", "--no-control-socket", "--log-level=error"]
