"""What does the desk keep between sessions, and where?"""
