"""Kaikaku (改革): a Japanese local government's reform plan, from published document to published result."""

__version__ = "0.1.0"
