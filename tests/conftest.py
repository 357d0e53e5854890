"""What all tests share: Hypothesis's settings."""

from hypothesis import HealthCheck, settings

settings.register_profile("kaikaku", max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("kaikaku")
