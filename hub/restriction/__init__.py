"""Orders that restrict consumption (限制消费令): mirrored from the courts that make them, apart from listings."""
