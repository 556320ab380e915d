"""C4: the data exchange platform of nation, province or city; asks its services, REST or SOAP."""
