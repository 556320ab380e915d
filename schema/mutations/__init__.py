"""Changes over GraphQL: inputs generated from payloads and workflow tables, results typed, one door behind them all."""
