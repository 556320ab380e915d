"""Service addresses (送达地址) of enterprises and of persons."""
