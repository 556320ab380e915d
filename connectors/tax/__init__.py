"""C14: the tax authority's credit system (纳税信用管理): rulings upon which it stops publishing, and its receipts."""
