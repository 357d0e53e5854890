"""Who asks for help, who offers it, and one person's help from approval to report."""

from kaikaku.exchange.models.assignments import Approval, Assignment, EndReport, Run, WorkEntry
from kaikaku.exchange.models.people import Absence, BusyMonth, Profile
from kaikaku.exchange.models.published import PublishedTotal
from kaikaku.exchange.models.requests import Application, Request, Scheme

__all__ = [
    "Absence",
    "Application",
    "Approval",
    "Assignment",
    "BusyMonth",
    "EndReport",
    "Profile",
    "PublishedTotal",
    "Request",
    "Run",
    "Scheme",
    "WorkEntry",
]
