"""What somebody does on the page of the catalogue, and sees there."""

from urllib.parse import urlsplit

from playwright.sync_api import Locator, Page, expect


class CataloguePage:
    """The page in one tab."""

    def __init__(self, page: Page, url: str) -> None:
        page.emulate_media(reduced_motion="reduce")
        self.page = page
        self.url = url
        self.search = page.get_by_role("searchbox")
        self.heading = page.locator("main h1")
        self.films = page.locator("main .card .title")
        self.said = page.locator("#said")

    def open(self, search: str = "") -> None:
        """Open the page at an address of its own, and wait until it shows what it has to."""
        self.page.goto(f"{self.url}/{search}")
        self.settled()

    def settled(self) -> None:
        """Wait until the page shows what its address says."""
        expect(self.page.locator("main[aria-busy=false]")).to_be_attached()

    @property
    def address(self) -> str:
        """The part of the address that says what is shown."""
        return urlsplit(self.page.url).query

    def click(self, name: str, role: str = "button") -> None:
        """Click on the one thing with a name that there is in the page, or in the bar."""
        self.page.get_by_role(role, name=name, exact=True).first.click()  # type: ignore[arg-type]

    def heart(self, title: str) -> Locator:
        """Return the heart of a film."""
        name = f"“{title}” is a favorite"
        return self.page.get_by_role("button", name=name, exact=True).first

    def register(self, email: str, password: str) -> None:
        """Register in the form, and come back from it."""
        self.open("?view=register")
        self.fill(E_mail=email, Password=password)
        self.click("Register")
        expect(self.page.get_by_role("link", name="Profile")).to_be_visible()

    def fill(self, **fields: str) -> None:
        """Fill in fields by their labels, `E_mail` for "E-mail", `New__password` with a blank."""
        for label, value in fields.items():
            name = label.replace("__", " ").replace("_", "-")
            self.page.get_by_label(name, exact=True).fill(value)
