"""A browser that agrees to everything: `python google_browser.py ADDRESS` opens a sign-in and sends its first form.

It prints the page that it ends at.
"""

import html
import re
import sys
import urllib.request
from urllib.parse import urlencode, urljoin


def visit(address: str, who: str = "") -> str:
    """Open an address; where there is a form (of the account `who`), send it. Return the page at the end."""
    with urllib.request.urlopen(address, timeout=10) as answer:  # noqa: S310 - a test's own server
        page: str = answer.read().decode()
    forms = re.findall(r"<form.*?</form>", page, re.DOTALL)
    if not forms:
        return page
    form = next((one for one in forms if who and who in one), forms[0])
    action = re.search(r'action="([^"]+)"', form)
    assert action
    fields = {
        html.unescape(name): html.unescape(value)
        for name, value in re.findall(r'name="([^"]+)"\s+value="([^"]*)"', form)
    }
    target = urljoin(address, html.unescape(action[1]))
    with urllib.request.urlopen(target, urlencode(fields).encode(), timeout=10) as answer:  # noqa: S310
        told: str = answer.read().decode()
    return told


if __name__ == "__main__":
    visit(*sys.argv[1:3])
