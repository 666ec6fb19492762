"""The public read API: one router from each app that offers one."""

from ninja import NinjaAPI

from apps.catalogue.api import router as packages
from apps.programme.api import router as award

api = NinjaAPI(
    title="Digital Transformation Support Pilot Programme",
    version="1",
    description="What the programme would pay, and what its catalogue lists. Read only, without a key.",
    docs_url=None,  # the library's page loads scripts from elsewhere; the document is enough
    openapi_url="/openapi.json",
)
api.add_router("", award)
api.add_router("", packages)
