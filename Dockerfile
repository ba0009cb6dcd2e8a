# One image for web, worker, beat and the demonstration sandbox; compose tells them apart.
FROM python:3.12-slim-bookworm AS build
WORKDIR /app
COPY requirements/run.txt requirements/run.txt
RUN python -m venv /app/.venv \
 && /app/.venv/bin/pip install --no-cache-dir --require-hashes --requirement requirements/run.txt

FROM python:3.12-slim-bookworm
ENV PATH="/app/.venv/bin:$PATH" \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    PORTICO_DATA_DIR=/data
WORKDIR /app
RUN useradd --system --uid 10001 --home-dir /app portico \
 && mkdir /data \
 && chown portico:portico /data
COPY --from=build /app/.venv /app/.venv
COPY manage.py pyproject.toml LICENSE ./
COPY portal portal
COPY catalog catalog
COPY tryit tryit
COPY templates templates
COPY static static
COPY examples examples
RUN PORTICO_DATA_DIR=/tmp/build python manage.py prepare --static-only && rm -r /tmp/build
USER portico
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s \
  CMD ["python", "-m", "portal.healthcheck", "http://127.0.0.1:8000/readyz"]
CMD ["gunicorn", "portal.wsgi:application", "--bind", "0.0.0.0:8000", "--worker-class", "gthread", "--workers", "2", "--threads", "48", "--preload", "--no-control-socket"]
