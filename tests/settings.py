"""Settings of the suite: the product's, and one more app with a kind of case to rehearse on."""

from config import settings as product

globals().update({name: value for name, value in vars(product).items() if name.isupper()})

INSTALLED_APPS = [*product.INSTALLED_APPS, "tests.rehearsal"]
