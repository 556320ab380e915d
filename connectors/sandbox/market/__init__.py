"""The register of enterprises as a sandbox."""
