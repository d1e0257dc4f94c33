"""Schemas of query strings: pages, orders, filters."""

from collections.abc import Mapping
from typing import Any

from marshmallow import (
    EXCLUDE,
    Schema,
    ValidationError,
    fields,
    post_load,
    pre_load,
    validates_schema,
)
from marshmallow.validate import OneOf

from constants import MAX_GENRES, MAX_PAGE_SIZE, PAGE_SIZE
from views.query_fields import Digits, GenreIds, Rating, SearchText

# Not dropped when empty, since a missing page means the whole list.
_NEVER_EMPTY = ("page", "per_page")


class PageQuery(Schema):
    """The wanted part of a list. Unknown parameters are ignored."""

    class Meta:
        unknown = EXCLUDE

    page = Digits(
        least=1,
        metadata={
            "description": "Page, from 1. Without it the answer is the whole list.",
            "x-example": 1,  # Filled in on the documentation page.
        },
    )
    per_page = Digits(
        least=1,
        most=MAX_PAGE_SIZE,
        metadata={"description": f"Length of a page, {PAGE_SIZE} if not given; needs `page`."},
    )

    @validates_schema
    def _page_is_given(self, query: Mapping[str, Any], **_: Any) -> None:
        if "per_page" in query and "page" not in query:
            raise ValidationError("per_page needs page.", "per_page")


class SearchQuery(PageQuery):
    """A page of a list with filters. Empty filters and an empty order are ignored."""

    @pre_load
    def _drop_empty(self, query: Mapping[str, Any], **_: Any) -> dict[str, Any]:
        return {name: value for name, value in query.items() if value or name in _NEVER_EMPTY}


class NameQuery(SearchQuery):
    q = SearchText("name", attribute="name_part")


class MovieQuery(SearchQuery):
    status = fields.String(
        metadata={"description": "`new`: the newest films first. Anything else changes nothing."}
    )
    sort = fields.String(
        validate=OneOf(["rating", "title", "popular"]),
        metadata={
            "description": "`rating`: the highest first. `popular`: what most users like first. "
            "`title`: by the alphabet."
        },
    )
    q = SearchText("title", attribute="title_part")
    genre_id = GenreIds(
        attribute="genre_ids",
        metadata={
            "description": f"Only films of this genre, or of any of at most {MAX_GENRES}: `4,5`."
        },
    )
    director_id = Digits(metadata={"description": "Only films of this director."})
    year = Digits(metadata={"description": "Only films of this year."})
    year_from = Digits(metadata={"description": "Only films of this year and later ones."})
    year_to = Digits(metadata={"description": "Only films of this year and earlier ones."})
    rating_from = Rating(
        metadata={"description": "Only films that are rated as high, or higher: `7.5`."}
    )

    @validates_schema
    def _one_order(self, query: Mapping[str, Any], **_: Any) -> None:
        if "sort" in query and query.get("status") == "new":
            raise ValidationError("sort cannot be combined with status=new.", "sort")

    @post_load
    def _name_the_order(self, query: dict[str, Any], **_: Any) -> dict[str, Any]:
        by_status = "newest" if query.pop("status", None) == "new" else "id"
        query["order"] = query.pop("sort", by_status)
        return query
