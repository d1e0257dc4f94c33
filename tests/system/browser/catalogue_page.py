"""The catalogue page, as a user operates it."""

from urllib.parse import urlsplit

from playwright.sync_api import Locator, Page, expect


class CataloguePage:
    """The catalogue page in one tab."""

    def __init__(self, page: Page, url: str) -> None:
        page.emulate_media(reduced_motion="reduce")
        self.page = page
        self.url = url
        self.search = page.get_by_role("searchbox")
        self.heading = page.locator("main h1")
        self.films = page.locator("main .card .title")
        self.said = page.locator("#said")

    def open(self, search: str = "") -> None:
        """Open the page with this query string, and wait until it has loaded."""
        self.page.goto(f"{self.url}/{search}")
        self.settled()

    def settled(self) -> None:
        """Wait until the page shows the state that its URL describes."""
        expect(self.page.locator("main[aria-busy=false]")).to_be_attached()

    @property
    def address(self) -> str:
        """The query string of the URL, which describes the page's state."""
        return urlsplit(self.page.url).query

    def click(self, name: str, role: str = "button") -> None:
        """Click the first element with this role and exact name."""
        self.page.get_by_role(role, name=name, exact=True).first.click()  # type: ignore[arg-type]

    def heart(self, title: str) -> Locator:
        """Return the favorite button of a film."""
        name = f"“{title}” is a favorite"
        return self.page.get_by_role("button", name=name, exact=True).first

    def register(self, email: str, password: str) -> None:
        """Register in the form, and wait for the signed-in page."""
        self.open("?view=register")
        self.fill(E_mail=email, Password=password)
        self.click("Register")
        expect(self.page.get_by_role("link", name="Profile")).to_be_visible()

    def fill(self, **fields: str) -> None:
        """Fill in fields by label: `E_mail` for "E-mail", `New__password` for "New password"."""
        for label, value in fields.items():
            name = label.replace("__", " ").replace("_", "-")
            self.page.get_by_label(name, exact=True).fill(value)
