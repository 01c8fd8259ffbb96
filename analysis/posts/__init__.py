"""Which posts does an export hold? Bytes in, a checked posts frame and an import report out."""
