"""What connectors share: transports and guards; nothing of any one system."""
