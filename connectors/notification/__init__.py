"""C18: messages to persons, by e-mail or through an HTTP gateway for text messages."""
