"""What the OpenAPI document says about GET award."""

_SUM = {"type": "string", "pattern": r"^[0-9]{1,9}(\.[0-9]{1,2})?$"}
_AMOUNT = {"type": "string", "pattern": r"^[0-9]+\.[0-9]{2}$"}


def _parameter(name, description, schema, **more):
    return {
        "name": name,
        "in": "query",
        "required": False,
        "description": description,
        "schema": schema,
        **more,
    }


def _object(**properties):
    return {"type": "object", "required": list(properties), "properties": properties}


_WORKING = {"type": "array", "items": _object(label={"type": "string"}, amount=_AMOUNT)}
_ANSWER = _object(
    eligible_cost=_AMOUNT,
    grant=_AMOUNT,
    applicant_pays=_AMOUNT,
    terms={"type": "string"},
    working=_WORKING,
)
_ERROR = _object(error=_object(field={"type": "string"}, message={"type": "string"}))


def _response(description, schema):
    return {"description": description, "content": {"application/json": {"schema": schema}}}


AWARD = {
    "description": "Either price, or monthly with months. Sums in Hong Kong dollars. "
    "Any other parameter, or one given twice (except option), is refused.",
    "parameters": [
        _parameter("price", "One-off price of the basic package.", _SUM),
        _parameter("monthly", "Price a month of a basic package by subscription.", _SUM),
        _parameter(
            "months",
            "Months bought, with monthly.",
            {"type": "integer", "minimum": 1, "maximum": 24},
        ),
        _parameter(
            "option",
            "One-off price of an optional feature; may be repeated.",
            {"type": "array", "items": _SUM, "maxItems": 20},
            style="form",
            explode=True,
        ),
        _parameter("awarded", "What the business was awarded before.", {**_SUM, "default": "0"}),
        _parameter(
            "lang",
            "Language of the words.",
            {"type": "string", "enum": ["en", "zh-hant", "zh-hans"], "default": "en"},
        ),
    ],
    "responses": {
        200: _response("The award and its working.", _ANSWER),
        422: _response("What is wrong with one parameter.", _ERROR),
    },
}
