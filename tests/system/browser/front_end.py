"""A front end that comes from another origin than the API, and what somebody does on it.

Its pages are in `site/`; it has the habits of the one that already exists.
"""

from playwright.sync_api import Locator, Page, expect


class FrontEnd:
    """The front end in one tab."""

    def __init__(self, page: Page, origin: str, api: str) -> None:
        self.page = page
        self.said = page.get_by_role("alert")
        page.goto(f"{origin}/?api={api}")
        expect(self.screen("films")).to_be_visible()

    def screen(self, name: str) -> Locator:
        return self.page.locator(f"#{name}")

    def click(self, name: str) -> None:
        """Click on a button."""
        self.page.get_by_role("button", name=name, exact=True).click()

    def go(self, link: str) -> Locator:
        """Follow a link of the navigation; return the screen when it is there."""
        self.page.get_by_role("link", name=link, exact=True).click()
        screen = self.screen(link.lower().replace(" ", ""))
        expect(screen).to_be_visible()
        return screen

    def fill(self, **fields: str) -> None:
        """Fill in fields of the screen by their labels, `Old_password` for "Old password"."""
        for label, value in fields.items():
            field = self.page.get_by_label(label.replace("_", " "), exact=True)
            field.locator("visible=true").fill(value)

    def enter(self, button: str, email: str, password: str) -> None:
        """Register or log in; whatever comes of it."""
        self.go("Log in")
        self.page.get_by_label("E-mail").fill(email)
        self.page.locator("#login").get_by_label("Password").fill(password)
        self.click(button)
