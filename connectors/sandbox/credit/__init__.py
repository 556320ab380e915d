"""A credit platform to try things with: a real SFTP server, exchange database and HTTP service, and their faults."""
