"""Registers: every number in order, void ones included, for those whose posts reach the unit."""

import io
from typing import Any

import pypdf
import pytest
from django.test import Client
from openpyxl import load_workbook

from audit.models import Entry
from documents import numbers, papers
from tests.documents.conftest import ON, SERIES

PAGE = "/documents/registers/test.letters/2025/"


@pytest.fixture
def filled(people: Any, tree: Any, declare: Any) -> None:
    """Three numbers: a paper, a voided paper, the number of a case."""
    papers.issue(tree.station, "test_letter", by=people.reviewer, on=ON)
    second = papers.issue(tree.station, "test_letter", by=people.reviewer, on=ON)
    papers.void(second, by=people.director, reason='=HYPERLINK("http://x")')
    numbers.allocate(SERIES.code, 2025, tree.station, ON)


def test_the_page_lists_every_number_in_order(filled: None, people: Any, signed_in: Any) -> None:
    page = signed_in(people.reviewer).get(PAGE).content.decode()
    places = [page.index(f"乐司测〔2025〕{value}号") for value in (1, 2, 3)]
    assert places == sorted(places)
    assert "作废" in page
    assert "乐局长" in page


def test_the_list_of_registers_shows_years(filled: None, people: Any, signed_in: Any) -> None:
    assert PAGE in signed_in(people.auditor).get("/documents/registers/").content.decode()


@pytest.mark.parametrize(
    ("person", "status"),
    [
        ("reviewer", 200),
        ("director", 200),
        ("city_reviewer", 200),
        ("auditor", 200),
        ("chief", 404),
        ("township_leader", 404),
        ("assessor_a", 404),
        ("system_admin", 404),
    ],
)
def test_who_sees_a_register(
    filled: None, people: Any, signed_in: Any, person: str, status: int
) -> None:
    client = signed_in(getattr(people, person))
    for address in (PAGE, f"{PAGE}pdf/", f"{PAGE}xlsx/"):
        assert client.get(address).status_code == status
    listed = client.get("/documents/registers/")
    assert (PAGE in listed.content.decode()) == (status == 200)


def test_a_stranger_sees_no_register(filled: None) -> None:
    assert Client().get(PAGE).status_code == 302


def test_no_text_becomes_a_formula_in_excel(filled: None, people: Any, signed_in: Any) -> None:
    response = signed_in(people.reviewer).get(f"{PAGE}xlsx/")
    sheet = load_workbook(io.BytesIO(response.content)).active
    cells = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert [row[1] for row in cells[1:]] == [f"乐司测〔2025〕{value}号" for value in (1, 2, 3)]
    assert cells[2][6] == '=HYPERLINK("http://x")'
    assert not [cell for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]


def test_the_register_is_printed_with_its_count(filled: None, people: Any, signed_in: Any) -> None:
    response = signed_in(people.reviewer).get(f"{PAGE}pdf/")
    reader = pypdf.PdfReader(io.BytesIO(response.content))
    text = "".join("".join(page.extract_text() for page in reader.pages).split())
    assert "测试函件登记簿（2025年）" in text
    assert "共3号，其中作废1号" in text
    assert all(f"乐司测〔2025〕{value}号" in text for value in (1, 2, 3))


def test_an_export_is_recorded(filled: None, people: Any, signed_in: Any) -> None:
    signed_in(people.reviewer).get(f"{PAGE}xlsx/")
    entry = Entry.objects.of_act("documents.export_register").get()
    assert (entry.actor_name, entry.subject_title) == ("乐审核", "测试函件登记簿（2025年）")
    assert entry.values_after == {"series": "test.letters", "year": "2025", "format": "xlsx"}


def test_a_register_costs_the_same_statements_whatever_its_length(
    filled: None, people: Any, tree: Any, signed_in: Any, django_assert_max_num_queries: Any
) -> None:
    for _ in range(30):
        papers.issue(tree.station, "test_letter", by=people.reviewer, on=ON)
    client = signed_in(people.reviewer)
    client.get(PAGE)
    with django_assert_max_num_queries(25):
        client.get(PAGE)
