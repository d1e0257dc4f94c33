"""A front end of another origin than the API, as a user operates it.

Its pages are in `site/`. It sends requests as the existing front end does.
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
        self.page.get_by_role("button", name=name, exact=True).click()

    def go(self, link: str) -> Locator:
        """Follow a link of the navigation, and return the screen that it opens."""
        self.page.get_by_role("link", name=link, exact=True).click()
        screen = self.screen(link.lower().replace(" ", ""))
        expect(screen).to_be_visible()
        return screen

    def fill(self, **fields: str) -> None:
        """Fill in visible fields by label, `Old_password` for "Old password"."""
        for label, value in fields.items():
            field = self.page.get_by_label(label.replace("_", " "), exact=True)
            field.locator("visible=true").fill(value)

    def enter(self, button: str, email: str, password: str) -> None:
        """Submit the registration or login form. The request may fail."""
        self.go("Log in")
        self.page.get_by_label("E-mail").fill(email)
        self.page.locator("#login").get_by_label("Password").fill(password)
        self.click(button)
