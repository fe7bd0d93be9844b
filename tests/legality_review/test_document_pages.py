"""LR-30, LR-36: the register is complete, searchable, and handed out; the page tells everything."""

import io
import zipfile
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from audit.models import Entry
from documents.models import StoredFile
from legality_review.models import NormativeDocument
from legality_review.views import register
from permissions.workbooks import read_workbook
from tests.access.world import pdf
from tests.legality_review.norm_steps import EFFECTIVE, NormWalk
from workflows.door import perform

REGISTER = reverse("legality_review:documents")
EXPORT = reverse("legality_review:export_documents")
ENTER = reverse("legality_review:enter_document")
KNOWN = {
    "title": "铁营镇集市管理办法", "issuer_unit": "371481101ZF", "issuer_type": "township_government",
    "document_number": "铁政发〔2023〕7号", "registration_number": "LLDR-2023-1010007",
    "adopted_on": "2023-05-05", "published_on": "2023-05-08", "effective_on": "2023-06-08",
    "validity_years": "3",
}  # fmt: skip


@pytest.fixture(autouse=True)
def vault(settings, tmp_path):
    """Files of a test go to its own folder."""
    settings.FILES_ROOT = tmp_path / "files"


def shown(client, **asked):
    """Return the titles on the page of the register."""
    answer = client.get(REGISTER, asked)
    assert answer.status_code == 200
    return [case.title for case, *_ in answer.context["rows"]]
