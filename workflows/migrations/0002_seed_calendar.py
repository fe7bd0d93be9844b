from django.db import migrations

from workflows.calendar import SEED_SOURCE, SEEDED_YEARS, seeded


def seed(apps, schema_editor):
    """Write the announced arrangements of 2004 to 2026: only days with a name of their own."""
    CalendarDay = apps.get_model("workflows", "CalendarDay")
    CalendarYear = apps.get_model("workflows", "CalendarYear")
    for year in SEEDED_YEARS:
        days = seeded(year)
        CalendarDay.objects.bulk_create(
            CalendarDay(
                date=day.date,
                is_working=day.is_working,
                name=day.name,
                notice_year=year,
                notice_no=day.notice_no,
                source=day.source,
            )
            for day in days
        )
        CalendarYear.objects.create(year=year, notice_no=days[0].notice_no, source=SEED_SOURCE)


def unseed(apps, schema_editor):
    """Take back what was seeded."""
    for model in ("CalendarDay", "CalendarYear"):
        apps.get_model("workflows", model).objects.filter(source=SEED_SOURCE).delete()


class Migration(migrations.Migration):
    dependencies = [("workflows", "0001_calendar_and_terms")]

    operations = [migrations.RunPython(seed, unseed)]
