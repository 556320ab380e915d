"""Lookouts (临控): the police watch out for a person or vehicle, and the court is told at once when it is met."""
