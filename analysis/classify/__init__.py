"""Which risk topic does a post touch, and what does its author express?"""
