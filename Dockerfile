FROM python:3.11-slim AS build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
RUN python -m venv /venv
COPY requirements.txt /
RUN /venv/bin/pip install --require-hashes -r /requirements.txt

FROM python:3.11-slim
ENV PATH=/venv/bin:$PATH LOG_FORMAT=json PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 DATA_DIR=/data
RUN useradd --system --uid 1000 --home-dir /data --create-home spaces
COPY --from=build /venv /venv
WORKDIR /app
COPY . .
USER spaces
RUN SECRET_KEY=for-collecting-only DATA_DIR=/tmp/build python manage.py check \
    && rm -r /tmp/build
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s CMD ["python", "healthcheck.py"]
CMD ["gunicorn", "learningspaces.wsgi", "--bind", "0.0.0.0:8000", "--worker-class", "gthread", \
     "--workers", "2", "--threads", "8", "--no-control-socket"]
