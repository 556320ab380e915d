"""Double lists, items, meetings, tasks, matters, coordination, ledgers and alerts over GraphQL."""
