"""Holders of information (协助查询单位): what they know of synthetic persons, how they answer, what goes wrong."""
