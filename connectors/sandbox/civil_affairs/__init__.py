"""Civil affairs as a sandbox: a register of marriages behind a real SFTP server."""
