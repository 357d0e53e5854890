"""The office's pages: departments, posts, people, and the log."""
