"""The content rules of StratML Part 1 (ISO 17469-1, 2014-04-01) and Part 2 (2016-02-16) that a plan uses.

Written from the published element descriptions. A rule is (child, how often), in order: 1, ? (0 or 1),
* (any), + (1 or more).
"""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

from lxml import etree

Rules = dict[str, list[tuple[str, str]]]

_STAKEHOLDER_1 = [("Name", "1"), ("Description", "?")]
_CORE = [("Organization", "*"), ("Vision", "?"), ("Mission", "?"), ("Value", "*"), ("Goal", "+")]
_ORGANIZATION = [
    ("Name", "?"),
    ("Acronym", "?"),
    ("Identifier", "?"),
    ("Description", "?"),
    ("Stakeholder", "*"),
]
_GOAL = [
    ("Name", "1"),
    ("Description", "1"),
    ("Identifier", "?"),
    ("SequenceIndicator", "?"),
    ("Stakeholder", "*"),
    ("OtherInformation", "?"),
    ("Objective", "*"),
]
_OBJECTIVE = [
    ("Name", "?"),
    ("Description", "?"),
    ("Identifier", "?"),
    ("SequenceIndicator", "?"),
    ("Stakeholder", "*"),
    ("OtherInformation", "?"),
]
_DATES = [("StartDate", "?"), ("EndDate", "?"), ("PublicationDate", "?"), ("Source", "?")]
_RESULT = [
    ("StartDate", "?"),
    ("EndDate", "?"),
    ("NumberOfUnits", "?"),
    ("Descriptor", "?"),
    ("Description", "?"),
]

PART1: Rules = {
    "StrategicPlan": [
        ("Name", "1"),
        ("Description", "?"),
        ("OtherInformation", "?"),
        ("StrategicPlanCore", "1"),
        ("AdministrativeInformation", "?"),
    ],
    "StrategicPlanCore": _CORE,
    "Organization": _ORGANIZATION,
    "Goal": _GOAL,
    "Objective": _OBJECTIVE,
    "Stakeholder": _STAKEHOLDER_1,
    "AdministrativeInformation": [*_DATES, ("Submitter", "?")],
}
PART2: Rules = {
    "PerformancePlanOrReport": [
        ("Name", "1"),
        ("Description", "?"),
        ("OtherInformation", "?"),
        ("StrategicPlanCore", "1"),
        ("AdministrativeInformation", "?"),
        ("Submitter", "?"),
    ],
    "StrategicPlanCore": _CORE,
    "Organization": _ORGANIZATION,
    "Goal": _GOAL,
    "Objective": [*_OBJECTIVE, ("PerformanceIndicator", "*")],
    "Stakeholder": [*_STAKEHOLDER_1, ("Role", "*")],
    "PerformanceIndicator": [
        ("SequenceIndicator", "?"),
        ("MeasurementDimension", "1"),
        ("UnitOfMeasurement", "1"),
        ("Identifier", "?"),
        ("Relationship", "*"),
        ("MeasurementInstance", "*"),
        ("OtherInformation", "?"),
    ],
    "MeasurementInstance": [("TargetResult", "*"), ("ActualResult", "*")],
    "TargetResult": _RESULT,
    "ActualResult": _RESULT,
    "AdministrativeInformation": [("Identifier", "?"), *_DATES],
}
ATTRIBUTES = {
    ("PerformancePlanOrReport", "Type"): {"Strategic_Plan", "Performance_Plan", "Performance_Report"},
    ("PerformanceIndicator", "ValueChainStage"): {
        "Outcome",
        "Output_Processing",
        "Output",
        "Input_Processing",
        "Input",
    },
    ("PerformanceIndicator", "PerformanceIndicatorType"): {"Quantitative", "Qualitative"},
    ("Stakeholder", "StakeholderTypeType"): {"Person", "Organization", "Generic_Group"},
}
REQUIRED = {"PerformancePlanOrReport": {"Type"}}
_NC_NAME = re.compile(r"[A-Za-z_][\w.-]*\Z", re.ASCII)


def problems(document: bytes, *, space: str, root: str, rules: Rules) -> list[str]:
    """Every breach of the rules in the document; an empty list where it is valid."""
    tree = etree.fromstring(document)
    found = [] if tree.tag == f"{{{space}}}{root}" else [f"root is {tree.tag}"]
    identifiers: set[str] = set()
    for element in tree.iter():
        name = etree.QName(element).localname
        if etree.QName(element).namespace != space:
            found.append(f"{name}: wrong namespace")
        found += _children(element, name, rules)
        found += _attributes(element, name)
        found += _value(name, element.text or "", identifiers)
    return found


def _children(element: etree._Element, name: str, rules: Rules) -> list[str]:
    children = [etree.QName(child).localname for child in element]
    if name not in rules:
        return [f"{name} must hold no elements"] if children else []
    pattern = "".join(f"(?:{child} ){'' if often == '1' else often}" for child, often in rules[name])
    told = "".join(f"{child} " for child in children)
    return [] if re.fullmatch(pattern, told) else [f"{name}: {told}"]


def _attributes(element: etree._Element, name: str) -> list[str]:
    found = [f"{name}@{one} is missing" for one in REQUIRED.get(name, set()) - set(element.attrib)]
    for attribute, value in element.attrib.items():
        allowed = ATTRIBUTES.get((name, str(attribute)))
        if allowed is None or value not in allowed:
            found.append(f"{name}@{attribute}={value}")
    return found


def _value(name: str, text: str, identifiers: set[str]) -> list[str]:
    if name == "Identifier":
        bad = text in identifiers or not _NC_NAME.match(text)
        identifiers.add(text)
        return [f"Identifier {text!r}"] if bad else []
    if name in {"StartDate", "EndDate", "PublicationDate"}:
        return [] if date.fromisoformat(text).isoformat() == text else [f"{name} {text}"]
    if name == "NumberOfUnits":
        return (
            [] if re.fullmatch(r"-?\d+(\.\d+)?", text) and Decimal(text).is_finite() else [f"{name} {text}"]
        )
    return []
