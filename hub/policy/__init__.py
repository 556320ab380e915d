"""Policy as data: working calendar, deadline rules, and the policy pack of each jurisdiction."""
