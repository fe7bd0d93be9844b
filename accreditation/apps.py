"""Configure the app."""

from django.apps import AppConfig


class AccreditationConfig(AppConfig):
    """Accredit judicial stations as 枫桥式司法所."""

    name = "accreditation"
    verbose_name = "枫桥式司法所创建"
