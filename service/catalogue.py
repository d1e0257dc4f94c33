"""The catalogue as a whole."""

from __future__ import annotations

from dao.catalogue import CatalogueDAO


class CatalogueService:
    def __init__(self, catalogue: CatalogueDAO) -> None:
        self._catalogue = catalogue

    def revision(self) -> int:
        """Return a number that changes whenever an import has changed the catalogue."""
        return self._catalogue.revision()

    def is_empty(self) -> bool:
        """Return whether there is no film at all."""
        return self._catalogue.is_empty()
