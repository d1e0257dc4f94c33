"""Constants that no deployment changes. Settings are in config.py."""

VERSION = "0.2.0"

# Lists.
PAGE_SIZE = 12
MAX_PAGE_SIZE = 100
MAX_GENRES = 20  # in one filter

# Ids are 32-bit integers on every database. The largest one is never assigned: it replaces larger
# numbers in queries.
MAX_ID = 2**31 - 1

# Lengths in code points. Input is checked where it enters; database columns have no length
# (docs/decisions/0022-lengths-live-in-one-place.md).
NAME_LENGTH = 100
TITLE_LENGTH = 500
DESCRIPTION_LENGTH = 10_000
CREDIT_LENGTH = 200  # the name of a genre or of a director
SOURCE_LENGTH = 50
SEARCH_LENGTH = 100
URL_LENGTH = 2_000  # of a trailer or a poster in a catalogue file
EXTERNAL_ID_LENGTH = 50

# RFC 5321, sections 4.5.3.1.1 and 4.5.3.1.3 (a path has two more characters, "<" and ">").
EMAIL_LENGTH = 254
EMAIL_LOCAL_LENGTH = 64

# NIST SP 800-63B-4, section 3.1.1.2: the minimum is at least 8 if a password is not the only
# protection against guessing, and the maximum at least 64.
PASSWORD_MIN_LENGTH = 8
PASSWORD_MAX_LENGTH = 128

# A password is refused if zxcvbn estimates that fewer guesses find it.
MIN_PASSWORD_GUESSES = 10_000

RATING_MAX = 10
YEAR_MAX = 9999

# Refused as passwords, compared after case folding.
PRODUCT_NAMES = ("kinoteka", "кинотека")

MAX_BODY_BYTES = 16 * 1024
MAX_QUERY_BYTES = 2000

# `Retry-After` while the database is unavailable.
RETRY_SECONDS = 2

# Timeouts of a request: for a connection from the pool, for a new connection to a PostgreSQL host
# (two seconds are the minimum of libpq), and for a lock or a statement.
POOL_SECONDS = 1
CONNECT_SECONDS = 2
LOCK_SECONDS = 4

# Timeout for any reply from PostgreSQL, slightly longer than the server's own timeouts, so that the
# log has the server's reason. It is shorter for a connection that was idle and may be dead.
REPLY_SECONDS = 4.5
IDLE_REPLY_SECONDS = 1.0

# Timeout of the readiness check.
READY_SECONDS = 2

# The longest delay of a request in the laboratory.
MAX_WAIT_MS = 30_000

# Tokens. The algorithm is never taken from the token (RFC 8725, section 3.1).
JWT_ALGORITHM = "HS256"
JWT_ISSUER = "kinoteka"
MAX_TOKEN_LENGTH = 2048

# Sessions.
MAX_SESSIONS_PER_USER = 50
PURGE_BATCH = 100

# The account that `./dev run` adds to its own database, and that the documentation page uses.
DEMO_EMAIL = "demo@example.com"
DEMO_PASSWORD = "films for everyone"  # noqa: S105  # Public on purpose.
