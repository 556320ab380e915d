"""The offline verifier by itself: ``python -m hub.evidence PACKAGE [--roots PEM]``.

It needs no more of the product than ``hub.core`` and ``hub.evidence``, and of others' libraries ``cryptography``,
``joserfc``, ``rfc8785``, ``rfc3161-client`` and, for SM2, ``gmssl-pyx``.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from hub.core.errors import Refused
from hub.evidence.reporting import report
from hub.evidence.tokens import load_authorities


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m hub.evidence", description="离线核验存证包 (check a package)")
    parser.add_argument("package", type=Path, help="存证包 (the package)")
    parser.add_argument("--roots", type=Path, help="时间戳机构根证书 PEM (roots of the time-stamp authority)")
    given = parser.parse_args()
    try:
        lines = report(given.package, load_authorities(given.roots) if given.roots else ())
    except Refused as refused:
        for reason in refused.reasons:
            sys.stderr.write(f"{reason.code}: {reason.text}\n")
        return 1
    sys.stdout.write("\n".join(lines) + "\n")
    return 0


sys.exit(main())
