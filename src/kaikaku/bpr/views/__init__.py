"""The pages of bpr."""
