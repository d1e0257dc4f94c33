"""The metrics, parsed by Prometheus's own parser."""

from prometheus_client.parser import text_string_to_metric_families

# Values by the name and the labels of the sample.
Samples = dict[tuple[str, frozenset[tuple[str, str]]], float]


def samples(exposition: str) -> Samples:
    """Return all samples. Each metric family may occur only once."""
    families = list(text_string_to_metric_families(exposition))
    assert len({family.name for family in families}) == len(families)
    found = [one for family in families for one in family.samples]
    by_name = {
        (one.name.removeprefix("kinoteka_"), frozenset(one.labels.items())): one.value
        for one in found
    }
    assert len(by_name) == len(found)
    return by_name


def value(exposition: str, name: str, **labels: str) -> float:
    """Return the sum of the samples with this name and these labels."""
    return sum(
        number
        for (sample, all_labels), number in samples(exposition).items()
        if sample == name and labels.items() <= dict(all_labels).items()
    )


def requests(exposition: str) -> dict[tuple[str, str, str], float]:
    """Return the number of responses by method, route and status."""
    return {
        (labels["method"], labels["route"], labels["status"]): number
        for (name, pairs), number in samples(exposition).items()
        if name == "http_request_duration_seconds_count" and (labels := dict(pairs))
    }
