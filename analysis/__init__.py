"""What do posts about a hospital say, how grave is it, and what is to be done? Start in pipeline.py."""
