"""Everything read of ideas; what a screen shows takes the user."""
