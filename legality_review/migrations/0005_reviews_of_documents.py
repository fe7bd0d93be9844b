from django.db import migrations


def link_reviews(apps, schema_editor):
    """Name for each document the review that it came of, as the links of both have told it."""
    types = apps.get_model("contenttypes", "ContentType").objects
    kinds = [
        types.filter(app_label="legality_review", model=model).first()
        for model in ("review", "normativedocument")
    ]
    if None in kinds:
        return
    links = apps.get_model("workflows", "Link").objects
    documents = apps.get_model("legality_review", "NormativeDocument").objects
    for link in links.filter(from_type=kinds[0], to_type=kinds[1]):
        documents.filter(pk=link.to_id).update(review_id=link.from_id)


class Migration(migrations.Migration):
    dependencies = [
        ("contenttypes", "0002_remove_content_type_name"),
        ("workflows", "0007_legal_counsel"),
        ("legality_review", "0004_amendments"),
    ]

    operations = [migrations.RunPython(link_reviews, migrations.RunPython.noop)]
