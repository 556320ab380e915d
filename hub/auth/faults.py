"""Every refusal of the OAuth endpoints: its RFC error code, its status, its constant sentence, its cause for the audit.

A caller learns the code and the sentence; which check failed stands in the audit log alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, StrEnum

from authlib.oauth2.rfc6749 import InvalidClientError

from hub.core.texts import problem_text


@dataclass(frozen=True, slots=True)
class _Answer:
    error: str
    code: str
    status: int = 400


class Fault(Enum):
    """Error codes of RFC 6749 §5.2 (503 beside them), one member per sentence a caller may read."""

    CONTENT_TYPE = _Answer("invalid_request", "OAUTH_CONTENT_TYPE")
    BODY_TOO_LARGE = _Answer("invalid_request", "OAUTH_BODY_TOO_LARGE", 413)
    FORM_MALFORMED = _Answer("invalid_request", "OAUTH_FORM_MALFORMED")
    PARAMETER_REPEATED = _Answer("invalid_request", "OAUTH_PARAMETER_REPEATED")
    PARAMETERS_IN_URL = _Answer("invalid_request", "OAUTH_PARAMETERS_IN_URL")
    CREDENTIALS_MIXED = _Answer("invalid_request", "OAUTH_CREDENTIALS_MIXED")
    GRANT_TYPE_MISSING = _Answer("invalid_request", "OAUTH_GRANT_TYPE_MISSING")
    TOKEN_MISSING = _Answer("invalid_request", "OAUTH_TOKEN_MISSING")
    CLIENT_REFUSED = _Answer("invalid_client", "OAUTH_CLIENT_REFUSED", 401)
    GRANT_TYPE_UNSUPPORTED = _Answer("unsupported_grant_type", "OAUTH_GRANT_TYPE_UNSUPPORTED")
    SCOPE_REFUSED = _Answer("invalid_scope", "OAUTH_SCOPE_REFUSED")
    TOKEN_FOREIGN = _Answer("invalid_grant", "OAUTH_TOKEN_FOREIGN")
    UNAVAILABLE = _Answer("temporarily_unavailable", "OAUTH_UNAVAILABLE", 503)

    @property
    def status(self) -> int:
        return self.value.status

    @property
    def error(self) -> str:
        return self.value.error

    def body(self) -> dict[str, str]:
        """``error`` and ``error_description``; the sentence is constant, so it tells nothing about this request."""
        return {"error": self.error, "error_description": str(problem_text(self.value.code, {}))}


class Cause(StrEnum):
    """Why client authentication failed; for auditors only."""

    NO_CREDENTIALS = "no_credentials"
    UNKNOWN_CLIENT = "unknown_client"
    CLIENT_DISABLED = "client_disabled"
    OTHER_METHOD = "other_method"
    WRONG_SECRET = "wrong_secret"  # noqa: S105 - a cause
    CLIENT_ID_MISMATCH = "client_id_mismatch"
    ASSERTION_MALFORMED = "assertion_malformed"
    ASSERTION_SIGNATURE = "assertion_signature"
    ASSERTION_CLAIMS = "assertion_claims"
    ASSERTION_REPLAYED = "assertion_replayed"


class ClientRefused(InvalidClientError):  # type: ignore[misc]
    """Client authentication failed inside Authlib's flow."""

    def __init__(self, cause: Cause) -> None:
        super().__init__()
        self.cause = cause


class OAuthRefused(Exception):
    """A request refused before or beside Authlib's flow."""

    def __init__(self, fault: Fault, cause: Cause | None = None) -> None:
        super().__init__(fault.name)
        self.fault = fault
        self.cause = cause


@dataclass(frozen=True, slots=True)
class Refusal:
    """How a request ended that was refused: what the caller reads, and what the audit log keeps."""

    fault: Fault
    cause: Cause | None = None
