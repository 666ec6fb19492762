from apps.catalogue.models.enquiries import Confirmation, Enquiry
from apps.catalogue.models.packages import Option, Package, PackageVersion, Provider

__all__ = ["Confirmation", "Enquiry", "Option", "Package", "PackageVersion", "Provider"]
