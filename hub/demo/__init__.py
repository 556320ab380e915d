"""The demonstration: readable data files of five jurisdictions, and what reads them."""
