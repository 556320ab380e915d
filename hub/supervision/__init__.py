"""Supervision: notices 提醒函, 督促函, 交办单, 督办单, and what follows when nothing is done."""
