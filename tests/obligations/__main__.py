"""``make obligations``: every duty of the register with the scenario that proves it, or as open."""

from __future__ import annotations

import sys

from tests.obligations.register import load_duties, load_proofs


def main() -> int:
    duties, proofs = load_duties(), load_proofs()
    for duty in duties:
        proven = proofs.get(duty.id, [])
        print(f"{'已证 proven' if proven else '未证 open  '}  {duty.id:10} {duty.duty} ({duty.gloss})")
        for test in proven:
            print(f"{'':25}{test}")
    unknown = proofs.keys() - {duty.id for duty in duties}
    print(f"\n{len(duties)} 项职责，已证 {len(proofs.keys() - unknown)} 项 (duties, proven)")
    if unknown:
        print(f"登记册没有的编号 (ids unknown to the register): {', '.join(sorted(unknown))}", file=sys.stderr)
    return 1 if unknown else 0


if __name__ == "__main__":
    raise SystemExit(main())
