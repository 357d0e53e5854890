"""The look of the office's pages: frame, forms, pieces, error pages. No tables; knows no other app."""
