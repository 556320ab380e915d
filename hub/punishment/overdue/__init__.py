"""Lists of overdue subjects (逾期名单): compiled, confirmed, approved by the government, delivered, reported on."""
