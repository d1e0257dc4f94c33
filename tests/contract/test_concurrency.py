"""Requests at the same time."""

from collections.abc import Iterable
from functools import partial

import httpx

from tests.contract.client import Account, Api
from tests.contract.threads import at_once
from tests.contract.tokens import claims_of


def failures(responses: Iterable[httpx.Response]) -> list[int]:
    return [one.status_code for one in responses if not one.is_success]


def test_a_pair_refreshed_often_at_once_is_rotated_once(api: Api, account: Account) -> None:
    responses = at_once([partial(api.refresh, account.tokens)] * 20)
    assert failures(responses) == []
    pairs = [response.json() for response in responses]
    generations = {claims_of(pair["refresh_token"])["gen"] for pair in pairs}
    assert generations == {claims_of(account.tokens["refresh_token"])["gen"] + 1}
    assert failures(at_once([partial(api.refresh, pair) for pair in pairs])) == []
