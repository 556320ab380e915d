"""Clues to refusing or evading enforcement (拒执线索), from a court to the police alone; and what is told of them."""
