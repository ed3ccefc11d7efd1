"""Obligations of one step: what proves a claim for every number of steps and every size."""
