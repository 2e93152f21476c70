# The tag names a Python release line. To pin the image to the byte, put the digest that
# `docker buildx imagetools inspect python:3.12-slim-bookworm` prints behind it: python:3.12-slim-bookworm@sha256:…

FROM python:3.12-slim-bookworm AS build
WORKDIR /src
RUN python -m venv --without-pip /opt/newsdesk
COPY requirements.lock .
# The lock's second part, the tools, is not needed to run. --no-deps: the lock is complete (see pyproject.toml).
RUN sed '/^# Tools/,$d' requirements.lock > run.lock \
    && pip --python /opt/newsdesk/bin/python install --no-cache-dir --no-deps --require-hashes --only-binary :all: -r run.lock
COPY pyproject.toml README.md LICENSE ./
COPY bot bot
COPY handlers handlers
COPY config config
RUN pip --python /opt/newsdesk/bin/python install --no-cache-dir --no-deps --no-build-isolation . \
    && pip --python /opt/newsdesk/bin/python uninstall --yes setuptools

FROM python:3.12-slim-bookworm
LABEL org.opencontainers.image.title="Newsdesk" org.opencontainers.image.licenses="Apache-2.0"
RUN useradd --system --uid 10001 --home-dir /data --shell /usr/sbin/nologin newsdesk \
    && install --directory --owner newsdesk --group newsdesk --mode 0700 /data
COPY --from=build /opt/newsdesk /opt/newsdesk
ENV PATH=/opt/newsdesk/bin:$PATH \
    NEWSDESK_DATA_DIR=/data \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1
USER newsdesk
WORKDIR /data
VOLUME /data
# Nothing is fetched at run time: the encoder's weights came with the lock and are converted into /data on first use.
HEALTHCHECK --interval=60s --timeout=20s --start-period=20s --retries=3 CMD ["newsdesk", "doctor", "--quiet"]
ENTRYPOINT ["newsdesk"]
CMD ["chat"]
