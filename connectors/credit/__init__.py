"""C3: the public credit information platform (信用平台), in the three modes of GB/T 39443: file, database, service."""
