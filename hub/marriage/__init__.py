"""Marriage-information sharing (婚姻信息共享): courts tell civil affairs each month which marriages ended."""
