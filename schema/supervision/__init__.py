"""GraphQL of supervision: notices, what courts report, what follows."""
