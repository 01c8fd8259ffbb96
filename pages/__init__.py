"""Thin views: each asks the analysis and draws the answer."""
