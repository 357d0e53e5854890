"""The documents say what the program does."""

import re
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

import pytest
from django.apps import apps

from kaikaku.cli import parser
from kaikaku.org.roles import Role
from kaikaku.plans import words

ROOT = Path(__file__).resolve().parents[2]
DOCS = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])


def docs_tool():
    spec = spec_from_file_location("docs_tool", ROOT / "tools" / "docs.py")
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def glossary() -> list[tuple[str, str, str]]:
    lines = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8").splitlines()
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if line.startswith("|")]
    return [(row[0], row[1], row[2]) for row in rows if len(row) == 3 and row[1] not in ("in code", "---")]


def test_the_command_reference_is_what_the_command_says() -> None:
    written = (ROOT / "docs" / "cli.md").read_text(encoding="utf-8")
    assert written == docs_tool().cli_markdown(), "make docs を実行してください"


def test_every_command_explains_itself() -> None:
    for name, command in docs_tool().commands_of(parser()):
        assert command.description, name


@pytest.mark.parametrize(("japanese", "code", "where"), glossary())
def test_a_word_of_the_glossary_exists_in_the_code(japanese: str, code: str, where: str) -> None:
    place, _, part = where.partition(" ")
    app, _, model = place.partition(".")
    if part == "role" and app == "org":
        assert code in {role.value for role in Role}
    elif part in ("role", "status"):
        assert code in {"role": words.ROLES, "status": words.STATUSES}[part]
    elif model:
        assert code in {field.name for field in apps.get_model(app, model)._meta.get_fields()}
    else:
        assert apps.get_model(app, code)


@pytest.mark.parametrize("path", DOCS, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_link_between_the_documents_leads_somewhere(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    links = [link for link in re.findall(r"\]\(([^)#\s]+)", text) if "://" not in link]
    assert [link for link in links if not (path.parent / link).exists()] == []


def test_no_committed_text_names_an_address_of_a_package_index() -> None:
    locks = ("requirements.txt", "requirements-extras.txt", "requirements-dev.txt")
    for name in (*locks, "third-party.json", "pyproject.toml"):
        assert "://" not in (ROOT / name).read_text(encoding="utf-8"), name
