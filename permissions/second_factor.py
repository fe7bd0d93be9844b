"""Offer one-time passwords (动态口令, TOTP) as a second factor, without any network."""

import base64
from datetime import timedelta
from urllib.parse import quote, urlencode

import segno
from django_otp.plugins.otp_totp.models import TOTPDevice

from permissions.models import User

DEVICE_NAME = "手机动态口令"
ISSUER = "司法行政工作平台"
PENDING_FOR = timedelta(minutes=5)
"""How long a person has for the second step after the password was right."""


def device_of(user: User) -> TOTPDevice | None:
    """Return the confirmed device of the person, None if he signs in by password alone."""
    return TOTPDevice.objects.filter(user=user, confirmed=True).first()


def begin(user: User) -> TOTPDevice:
    """Make a device with a new secret that waits for its first right code."""
    TOTPDevice.objects.filter(user=user, confirmed=False).delete()
    return TOTPDevice.objects.create(user=user, confirmed=False, name=DEVICE_NAME)


def device_to_confirm(user: User) -> TOTPDevice | None:
    """Return the device that waits for its first right code, None if none was begun."""
    return TOTPDevice.objects.filter(user=user, confirmed=False).first()


def accepts(device: TOTPDevice, code: str) -> bool:
    """Tell whether the code is right now; wrong ones make the next attempt wait longer."""
    allowed, _ = device.verify_is_allowed()
    return bool(allowed and device.verify_token(code))


def confirm(device: TOTPDevice, code: str) -> bool:
    """Take the device into use if the code is right."""
    if not accepts(device, code):
        return False
    device.confirmed = True
    device.save(update_fields=["confirmed"])
    return True


def remove(user: User) -> bool:
    """Remove every device of the person; tell whether a confirmed one was among them."""
    had = device_of(user) is not None
    TOTPDevice.objects.filter(user=user).delete()
    return had


def secret_of(device: TOTPDevice) -> str:
    """Return the secret in groups of four, to be typed where no camera is at hand."""
    text = base64.b32encode(device.bin_key).decode().rstrip("=")
    return " ".join(text[start : start + 4] for start in range(0, len(text), 4))


def address_of(device: TOTPDevice) -> str:
    """Return the otpauth address that the QR code carries."""
    secret = secret_of(device).replace(" ", "")
    facts = {"secret": secret, "issuer": ISSUER, "digits": device.digits, "period": device.step}
    label = quote(f"{ISSUER}:{device.user.get_username()}")
    return f"otpauth://totp/{label}?{urlencode(facts, quote_via=quote)}"


def picture_of(device: TOTPDevice) -> str:
    """Draw the QR code as an SVG picture in a data address."""
    return segno.make(address_of(device), error="m").svg_data_uri(scale=5, border=3)
