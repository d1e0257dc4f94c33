"""Facts that no deployment changes. What a deployment may change stands in config.py."""

VERSION = "0.2.0"

# Lists.
PAGE_SIZE = 12
MAX_PAGE_SIZE = 100
MAX_GENRES = 20  # that one list of films may be of

# Ids are 32-bit integers on every database. The very largest is never given: it stands for all
# numbers in a query that are larger still.
MAX_ID = 2**31 - 1

# Lengths, in code points. Input is held to them where it enters; database columns carry none
# (docs/decisions/0022-lengths-live-in-one-place.md).
NAME_LENGTH = 100
TITLE_LENGTH = 500
DESCRIPTION_LENGTH = 10_000
CREDIT_LENGTH = 200  # the name of a genre or of a director
SOURCE_LENGTH = 50
SEARCH_LENGTH = 100
URL_LENGTH = 2_000  # of a trailer or a poster in a catalogue file
EXTERNAL_ID_LENGTH = 50

# RFC 5321, sections 4.5.3.1.1 and 4.5.3.1.3 (a path holds two more characters, "<" and ">").
EMAIL_LENGTH = 254
EMAIL_LOCAL_LENGTH = 64

# NIST SP 800-63B-4, section 3.1.1.2, asks for at least 8 where a password is not the only means
# against guessing, and for at least 64 to be allowed.
PASSWORD_MIN_LENGTH = 8
PASSWORD_MAX_LENGTH = 128

# A password that is found with fewer guesses is refused, by the estimate of zxcvbn.
MIN_PASSWORD_GUESSES = 10_000

RATING_MAX = 10
YEAR_MAX = 9999

# Nobody may choose these as a password, in folded case.
PRODUCT_NAMES = ("kinoteka", "кинотека")

MAX_BODY_BYTES = 16 * 1024
MAX_QUERY_BYTES = 2000

# What a client is told to wait when the database does not answer.
RETRY_SECONDS = 2

# How long a request waits for a connection of the pool, for a new connection to a host of
# PostgreSQL, whose library takes no less than two seconds, and for a lock or a statement.
POOL_SECONDS = 1
CONNECT_SECONDS = 2
LOCK_SECONDS = 4

# How long a request waits for any reply of PostgreSQL: a little longer than the server's own
# timeouts, so that the server's reason is the one in the log. A connection that was idle has less
# time to show that the server is there.
REPLY_SECONDS = 4.5
IDLE_REPLY_SECONDS = 1.0

# How long the database may take to say that it is there.
READY_SECONDS = 2

# How long the laboratory may delay a request.
MAX_WAIT_MS = 30_000

# Tokens: one algorithm, never the one that a token names (RFC 8725, section 3.1).
JWT_ALGORITHM = "HS256"
JWT_ISSUER = "kinoteka"
MAX_TOKEN_LENGTH = 2048

# Sessions.
MAX_SESSIONS_PER_USER = 50
PURGE_BATCH = 100

# The account that `./dev run` adds to its own database, and that the documentation signs in with.
DEMO_EMAIL = "demo@example.com"
DEMO_PASSWORD = "films for everyone"  # noqa: S105  # Public on purpose.
