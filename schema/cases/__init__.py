"""Cases and the lists of pending cases and terminated executions."""
