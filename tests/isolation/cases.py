"""The catalogue of attack cases: where each is made, or why it does not apply to what there is."""

from __future__ import annotations

COVERED: dict[str, str] = {
    # limits before parsing, cost, quota
    **dict.fromkeys(("A1", "A2", "A3", "A4", "A5", "A6", "A7", "A8", "A9", "A10", "A11", "A12", "A13"), "tests/schema"),
    **dict.fromkeys(("A14", "A15", "A16", "A17"), "tests/schema"),
    # transport
    **dict.fromkeys(("C1", "C2", "C3", "C4", "C5", "C6", "C7", "C8", "C9", "C10", "C12"), "tests/schema"),
    "D12": "tests/hub/db/test_scoped.py",
    "D13": "tests/architecture/test_row_security.py",
    "D14": "tests/architecture/test_row_security.py",
    "D18": "tests/hub/auth",
    # errors
    **dict.fromkeys(("E1", "E2", "E3", "E4", "E5", "E6"), "tests/schema/test_bad_requests.py"),
    # subscriptions and bulk operations
    **dict.fromkeys(("S1", "S2", "S3", "S4", "S5", "S6", "S7", "S8"), "tests/schema"),
    "D9": "tests/schema",
    "D16": "tests/schema",
}
"""Cases made outside this folder, by the place that makes them."""

NOT_APPLICABLE: dict[str, str] = {
    "C11": "request smuggling is between a proxy and granian, whose HTTP parser is not ours; no proxy is shipped",
    "D17": "no caller reaches EXPLAIN or statistics views; the application role has no grant beyond its tables",
}

EVERY = (
    *(f"A{number}" for number in range(1, 18)),
    *(f"C{number}" for number in range(1, 13)),
    *(f"D{number}" for number in range(1, 19)),
    *(f"E{number}" for number in range(1, 7)),
    *(f"S{number}" for number in range(1, 9)),
)
