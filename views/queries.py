"""What the queries of lists may hold: pages, orders, filters."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from marshmallow import EXCLUDE, Schema, ValidationError, fields, post_load, validates_schema
from marshmallow.validate import Length, OneOf

from constants import MAX_PAGE_SIZE, PAGE_SIZE, SEARCH_LENGTH
from views.fields import Digits, no_null_character


class PageQuery(Schema):
    """Which part of a list is wanted; parameters that nobody knows are ignored."""

    class Meta:
        unknown = EXCLUDE

    page = Digits(
        least=1,
        metadata={
            "description": "Page, from 1. Without it the answer is the whole list.",
            "x-example": 1,  # What the documentation page asks for unless it is told otherwise.
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


class MovieQuery(PageQuery):
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
    q = fields.String(
        attribute="title_part",
        validate=[Length(max=SEARCH_LENGTH), no_null_character],
        metadata={
            "description": "Only films whose title holds this text, in any case, ё like е. "
            "With fewer than three characters: whose title begins with it."
        },
    )
    genre_id = Digits(metadata={"description": "Only films of this genre."})
    director_id = Digits(metadata={"description": "Only films of this director."})
    year = Digits(metadata={"description": "Only films of this year."})

    @validates_schema
    def _one_order(self, query: Mapping[str, Any], **_: Any) -> None:
        if "sort" in query and query.get("status") == "new":
            raise ValidationError("sort cannot be combined with status=new.", "sort")

    @post_load
    def _name_the_order(self, query: dict[str, Any], **_: Any) -> dict[str, Any]:
        by_status = "newest" if query.pop("status", None) == "new" else "id"
        query["order"] = query.pop("sort", by_status)
        return query
