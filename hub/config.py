"""Settings from the environment, read once. Production refuses missing or default secrets."""

from __future__ import annotations

import re
from enum import StrEnum
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, SecretStr, field_validator, model_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from hub.core.egress.addresses import networks_of
from hub.evidence.digests import SHA256, available
from hub.evidence.es256 import ES256
from hub.evidence.schemes import SchemeMissing, scheme_named

_ORIGIN = re.compile(r"https?://[a-z0-9.-]+(:\d{1,5})?|https?://\[[0-9a-f:]+\](:\d{1,5})?")


class Environment(StrEnum):
    DEVELOPMENT = "development"
    PRODUCTION = "production"


class GetRequests(StrEnum):
    """What ``/graphql`` answers to GET."""

    OFF = "off"
    QUERIES = "queries"


class StreamSettings(BaseModel):
    """Limits of subscriptions, ``HUB_STREAMS__*``; times in seconds unless named.

    ``connections_per_client`` holds for all web processes together, other counts for each. A process that dies holds
    its clients' connections for ``lease_seconds`` more.
    """

    model_config = ConfigDict(frozen=True)

    poll_seconds: float = Field(default=0.5, gt=0)
    recheck_seconds: float = Field(default=2, gt=0)
    init_seconds: float = Field(default=10, gt=0)
    ping_seconds: float = Field(default=25, gt=0)
    maximum_age_minutes: float = Field(default=60, gt=0)
    connections: int = Field(default=2_000, ge=1)
    connections_per_client: int = Field(default=20, ge=1)
    lease_seconds: float = Field(default=15, gt=0)
    subscriptions_per_connection: int = Field(default=20, ge=1)
    waiting_events: int = Field(default=1_000, ge=1)
    remembered_objects: int = Field(default=10_000, ge=1)
    cursor_days: int = Field(default=7, ge=1)


class DeliverySettings(BaseModel):
    """Webhooks and their delivery, ``HUB_DELIVERY__*``; times in seconds, counts per worker process unless named.

    ``networks`` are CIDR blocks, separated by commas, that may be delivered to though they are not public;
    ``plain_http`` allows http besides https; ``authorities`` is a PEM file trusted besides the system's.
    A ``lease`` outlasts several requests, each of which ends after ``total_seconds``.
    """

    model_config = ConfigDict(frozen=True)

    networks: Annotated[tuple[str, ...], NoDecode] = ()
    plain_http: bool = False
    authorities: Path | None = None
    poll_seconds: float = Field(default=1, gt=0)
    connect_seconds: float = Field(default=5, gt=0)
    total_seconds: float = Field(default=10, gt=0)
    response_bytes: int = Field(default=64 * 1024, ge=0)
    lease_seconds: float = Field(default=60, gt=0)
    endpoints_at_once: int = Field(default=8, ge=1)
    connections_per_endpoint: int = Field(default=8, ge=1)
    lanes_per_claim: int = Field(default=64, ge=1, le=1000)

    @field_validator("networks", mode="before")
    @classmethod
    def _networks(cls, given: object) -> object:
        texts = tuple(each.strip() for each in given.split(",") if each.strip()) if isinstance(given, str) else given
        if isinstance(texts, tuple):
            networks_of(texts)
        return texts

    @model_validator(mode="after")
    def _lease_outlasts_a_request(self) -> DeliverySettings:
        if self.lease_seconds < 2 * self.total_seconds:
            raise ValueError("a lease must be at least twice as long as a request may take")
        return self


class ExchangeSettings(BaseModel):
    """The data exchange platform, ``HUB_EXCHANGE__*``: who the hub is there and with which secret it asks for keys.

    ``prefix`` begins the names of the four signed headers, which differ from province to province. ``push_limit``:
    bytes of a request by which lists are pushed to the hub.
    """

    model_config = ConfigDict(frozen=True)

    url: str | None = None
    name: str = "national"
    requester: str = "linkage-hub"
    secret: SecretStr = SecretStr("")
    key_service: str = "signing-key"
    prefix: str = "gjgxjhpt_"
    soap: bool = False
    push_limit: int = Field(default=16 * 1024 * 1024, ge=1024)


class Settings(BaseSettings):
    """Environment variables ``HUB_*``.

    Without ``HUB_DATABASE_URL`` the embedded PostgreSQL under ``HUB_HOME`` serves (development only).
    ``bulk_*``: exports of a client that run and wait at once, exports of a worker at once, attempts, the largest file,
    how long a worker may be silent, how long a file, its record and a link last.
    Secrets absent in development are generated once into ``HUB_HOME/secrets.json`` (mode 0600).

    ``maximum_cost`` bounds one operation; ``quota_capacity`` and ``quota_restore_rate`` (units a second) are the bucket
    of a client without one of its own; a process leases of it what is restored in ``quota_lease_seconds``.
    ``statement_timeout`` and ``pool_wait`` are seconds. Portals run trusted documents only; with
    ``trusted_documents_only`` every client does; a withdrawal is felt after ``trusted_documents_seconds``.
    ``bureau`` is the exchange folder of the credit bureau, told each month (none unless set).
    ``ferry`` holds a ferry folder for each court, named by its court code (``HUB_HOME/ferry`` unless set); the worker
    looks into them every ``ingest_seconds``, and follows the links in ``links`` (``HUB_HOME/links`` unless set);
    folders of holders that are asked by file lie in ``holders`` (``HUB_HOME/holders`` unless set);
    messages that a worker took up are another's after ``ingest_lease_seconds`` in which it did not finish them.
    ``events_kept_days``: how long events can be read, more than ``streams.cursor_days``.
    ``evidence_digest`` (sha-256, sm3) and ``evidence_signature`` (ES256, SM2): those of the exchange log from now on.
    ``cors_origins`` are the web origins whose pages may call, separated by commas: ``https://host[:port]``.
    ``calendar_url``: a feed of the national working calendar, looked at as often as policy says.
    """

    model_config = SettingsConfigDict(env_prefix="HUB_", env_nested_delimiter="__", frozen=True, extra="ignore")

    env: Environment = Environment.DEVELOPMENT
    home: Path = Path(".hub")
    host: str = "127.0.0.1"
    port: int = Field(default=8000, ge=1, le=65535)
    workers: int = Field(default=1, ge=1, le=64)
    issuer: str | None = None
    database_url: SecretStr | None = None
    database_pool: int = Field(default=10, ge=1, le=200)
    app_password: SecretStr | None = None
    system_password: SecretStr | None = None
    owner_password: SecretStr | None = None
    master_keys: SecretStr | None = None
    body_limit: int = Field(default=256 * 1024, ge=1024)
    notice_limit: int = Field(default=10 * 1024 * 1024, ge=1024)
    bulk_running: int = Field(default=1, ge=1)
    bulk_at_once: int = Field(default=4, ge=1)
    bulk_queued: int = Field(default=5, ge=1)
    bulk_attempts: int = Field(default=5, ge=1)
    bulk_maximum_rows: int = Field(default=5_000_000, ge=1, le=2**31 - 1)
    bulk_maximum_bytes: int = Field(default=2**31 - 1, ge=1024, le=2**31 - 1)
    bulk_lease_seconds: int = Field(default=60, ge=5)
    bulk_kept_hours: int = Field(default=24, ge=1)
    bulk_remembered_days: int = Field(default=30, ge=1)
    bulk_link_seconds: int = Field(default=300, ge=10)
    maximum_cost: int = Field(default=20_000, ge=1)
    quota_capacity: int = Field(default=100_000, ge=1)
    quota_restore_rate: int = Field(default=1_000, ge=1)
    quota_lease_seconds: int = Field(default=5, ge=1)
    statement_timeout: float = Field(default=15, gt=0)
    pool_wait: float = Field(default=10, gt=0)
    trusted_documents_only: bool = False
    trusted_documents_seconds: int = Field(default=5, ge=0)
    graphql_get: GetRequests = GetRequests.OFF
    cors_origins: Annotated[tuple[str, ...], NoDecode] = ()
    log_level: str = "INFO"
    events_kept_days: int = Field(default=14, ge=1)
    evidence_digest: str = Field(default=SHA256)
    evidence_signature: str = Field(default=ES256)
    timestamp_url: str | None = None
    timestamp_roots: Path | None = None
    timestamp_alarm_minutes: int = Field(default=60, ge=1)
    streams: StreamSettings = StreamSettings()
    ferry: Path | None = None
    bureau: Path | None = None
    holders: Path | None = None
    links: Path | None = None
    ingest_seconds: float = Field(default=5, gt=0)
    ingest_lease_seconds: float = Field(default=120, gt=0)
    delivery: DeliverySettings = DeliverySettings()
    exchange: ExchangeSettings = ExchangeSettings()
    calendar_url: str | None = None

    @field_validator("evidence_digest")
    @classmethod
    def _known_digest(cls, value: str) -> str:
        if value not in available():
            raise ValueError("no such digest on this platform")
        return value

    @field_validator("evidence_signature")
    @classmethod
    def _known_signature(cls, value: str) -> str:
        try:
            return scheme_named(value).algorithm
        except SchemeMissing:
            raise ValueError("its library is not installed: pip install 'linkage-hub[sm2]'") from None

    @model_validator(mode="after")
    def _events_outlive_cursors(self) -> Settings:
        if self.events_kept_days <= self.streams.cursor_days:
            raise ValueError("events are kept longer than cursors: events_kept_days > streams.cursor_days")
        return self

    @model_validator(mode="after")
    def _stamps_are_verified(self) -> Settings:
        if (self.timestamp_url is None) != (self.timestamp_roots is None):
            raise ValueError("a time-stamp authority needs its address and its root certificates")
        return self

    @field_validator("cors_origins", mode="before")
    @classmethod
    def _origins(cls, given: object) -> object:
        """Origins as browsers write them (RFC 6454 §6.2). Raises ``ValueError`` on ``*``, ``null``, all else."""
        origins = tuple(each.strip() for each in given.split(",") if each.strip()) if isinstance(given, str) else given
        if isinstance(origins, tuple) and not all(_ORIGIN.fullmatch(each) for each in origins):
            raise ValueError("an origin is scheme://host[:port] in lower case")
        return origins

    @property
    def ferry_folder(self) -> Path:
        return self.ferry or self.home / "ferry"

    @property
    def holders_folder(self) -> Path:
        return self.holders or self.home / "holders"

    @property
    def links_folder(self) -> Path:
        return self.links or self.home / "links"

    @property
    def production(self) -> bool:
        return self.env is Environment.PRODUCTION

    @property
    def issuer_url(self) -> str:
        """OAuth issuer and audience base; the configured value, never taken from a request."""
        return (self.issuer or f"http://{self.host}:{self.port}").rstrip("/")
