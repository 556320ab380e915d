# One image for every part: `hub serve --no-worker`, `hub worker`, `hub migrate`.
FROM python:3.12-slim AS build
WORKDIR /src
COPY pyproject.toml README.md ./
COPY hub hub
COPY schema schema
COPY connectors connectors
COPY migrations migrations
RUN python -m venv /opt/hub && /opt/hub/bin/pip install --no-cache-dir .

FROM python:3.12-slim
RUN useradd --system --uid 10001 --home-dir /var/lib/hub --create-home hub
COPY --from=build /opt/hub /opt/hub
ENV PATH=/opt/hub/bin:$PATH HUB_ENV=production HUB_HOME=/var/lib/hub HUB_HOST=0.0.0.0 PYTHONUNBUFFERED=1
USER hub
WORKDIR /var/lib/hub
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=3s --start-period=20s \
  CMD ["python", "-c", "import urllib.request as u; u.urlopen('http://127.0.0.1:8000/readyz', timeout=2)"]
CMD ["hub", "serve", "--no-worker"]
