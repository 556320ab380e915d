"""Integrity of public bodies: clearing progress, records and files, complaints, evaluation by third parties."""
