"""Grading: exercises, submissions, the judgement of each step, marks, feedback, and the workers."""
