"""The public read API: one router from each app that offers one."""

from importlib.util import find_spec

from ninja import NinjaAPI

from apps.programme.api import router as award

api = NinjaAPI(
    title="Digital Transformation Support Pilot Programme",
    version="1",
    description="What the programme would pay, and what its catalogue lists. Read only; no key is needed.",
    docs_url=None,  # the page of the library loads scripts from elsewhere; the document itself is enough
    openapi_url="/openapi.json",
)
api.add_router("", award)
if find_spec("apps.catalogue.api"):
    from apps.catalogue.api import router as packages

    api.add_router("", packages)
