"""Settings from the environment, read once. Production refuses missing or default secrets."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, SecretStr, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from hub.evidence.digests import SHA256, available


class Environment(StrEnum):
    DEVELOPMENT = "development"
    PRODUCTION = "production"


class StreamSettings(BaseModel):
    """Limits of subscriptions, ``HUB_STREAMS__*``; counts are per web process, times in seconds unless named."""

    model_config = ConfigDict(frozen=True)

    poll_seconds: float = Field(default=0.5, gt=0)
    recheck_seconds: float = Field(default=2, gt=0)
    init_seconds: float = Field(default=10, gt=0)
    ping_seconds: float = Field(default=25, gt=0)
    maximum_age_minutes: float = Field(default=60, gt=0)
    connections: int = Field(default=2_000, ge=1)
    connections_per_client: int = Field(default=20, ge=1)
    subscriptions_per_connection: int = Field(default=20, ge=1)
    waiting_events: int = Field(default=1_000, ge=1)
    remembered_objects: int = Field(default=10_000, ge=1)
    cursor_days: int = Field(default=7, ge=1)


class Settings(BaseSettings):
    """Environment variables ``HUB_*``.

    Without ``HUB_DATABASE_URL`` the embedded PostgreSQL under ``HUB_HOME`` serves (development only).
    Secrets absent in development are generated once into ``HUB_HOME/secrets.json`` (mode 0600).
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
    log_level: str = "INFO"
    evidence_digest: str = Field(default=SHA256)
    timestamp_url: str | None = None
    timestamp_roots: Path | None = None
    timestamp_alarm_minutes: int = Field(default=60, ge=1)
    cors_origins: tuple[str, ...] = ()
    streams: StreamSettings = StreamSettings()

    @field_validator("evidence_digest")
    @classmethod
    def _known_digest(cls, value: str) -> str:
        if value not in available():
            raise ValueError("no such digest on this platform")
        return value

    @model_validator(mode="after")
    def _stamps_are_verified(self) -> Settings:
        if (self.timestamp_url is None) != (self.timestamp_roots is None):
            raise ValueError("a time-stamp authority needs its address and its root certificates")
        return self

    @property
    def production(self) -> bool:
        return self.env is Environment.PRODUCTION

    @property
    def issuer_url(self) -> str:
        """OAuth issuer and audience base; the configured value, never taken from a request."""
        return (self.issuer or f"http://{self.host}:{self.port}").rstrip("/")
