"""Pages of imports, for the secretariat."""
