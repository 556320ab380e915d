"""C8: the list interface of a bank (SOAP); lists go out, acknowledgements come back."""
