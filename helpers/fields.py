"""Fields of marshmallow that both requests and catalogue files have."""

from __future__ import annotations

from typing import Any

from marshmallow import ValidationError, fields


class Text(fields.String):
    """Text without U+0000, which PostgreSQL does not store."""

    def _deserialize(self, value: Any, *args: Any, **kwargs: Any) -> str:
        text: str = super()._deserialize(value, *args, **kwargs)
        if "\0" in text:
            raise ValidationError("The character U+0000 is not allowed.")
        return text
