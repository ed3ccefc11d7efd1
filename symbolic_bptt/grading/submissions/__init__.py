"""What students hand in: files, folders and archives of them, each student's work as one."""

from .collect import collect
from .submission import Part, Submission, SubmissionError

__all__ = ["Part", "Submission", "SubmissionError", "collect"]
