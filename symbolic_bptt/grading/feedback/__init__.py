"""Feedback that a student reads, made from a record."""
