"""Measures of joint punishment, their catalogue, the proof that they were lifted, and overdue lists."""
