"""The pages of reporting: the office, the clerk, the approver."""
