"""Performance plans (履行计划) of public bodies, in the budget year by year."""
