"""The exchange log as its parties and the auditor may read it."""
