"""Run the product as it is, with the kind of case that is measured installed besides."""

from config import settings as product

globals().update({name: getattr(product, name) for name in dir(product) if name.isupper()})

INSTALLED_APPS = [*product.INSTALLED_APPS, "bench.permits"]
WSGI_APPLICATION = "bench.serving.application"
