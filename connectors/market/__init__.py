"""C7: the register of enterprises of market regulation (企业登记、年报、公示): changes, referrals."""
