"""GraphQL over HTTP: what is agreed before a request is read, how it is read, and the console page."""
