"""How long the kit waits for a server that is not ours."""

SECONDS = 10
# So many requests without an answer, one after another, end an examination.
UNANSWERED_REQUESTS = 12
