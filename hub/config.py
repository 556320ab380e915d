"""Settings from the environment, read once. Production refuses missing or default secrets."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path

from pydantic import Field, SecretStr, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from hub.evidence.digests import SHA256, available


class Environment(StrEnum):
    DEVELOPMENT = "development"
    PRODUCTION = "production"


class Settings(BaseSettings):
    """Environment variables ``HUB_*``.

    Without ``HUB_DATABASE_URL`` the embedded PostgreSQL under ``HUB_HOME`` serves (development only).
    Secrets absent in development are generated once into ``HUB_HOME/secrets.json`` (mode 0600).

    ``maximum_cost`` bounds one operation; ``quota_capacity`` and ``quota_restore_rate`` (units a second) are the bucket
    of a client without one of its own; a process leases ``quota_lease`` units of it for ``quota_lease_seconds``.
    ``statement_timeout`` and ``pool_wait`` are seconds. Portals run trusted documents only; with
    ``trusted_documents_only`` every client does; a withdrawal is felt after ``trusted_documents_seconds``.
    """

    model_config = SettingsConfigDict(env_prefix="HUB_", frozen=True, extra="ignore")

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
    maximum_cost: int = Field(default=20_000, ge=1)
    quota_capacity: int = Field(default=100_000, ge=1)
    quota_restore_rate: int = Field(default=1_000, ge=1)
    quota_lease: int = Field(default=5_000, ge=1)
    quota_lease_seconds: int = Field(default=5, ge=1)
    statement_timeout: float = Field(default=15, gt=0)
    pool_wait: float = Field(default=10, gt=0)
    trusted_documents_only: bool = False
    trusted_documents_seconds: int = Field(default=5, ge=0)
    log_level: str = "INFO"
    evidence_digest: str = Field(default=SHA256)
    timestamp_url: str | None = None
    timestamp_roots: Path | None = None
    timestamp_alarm_minutes: int = Field(default=60, ge=1)

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
