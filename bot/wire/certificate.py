"""Why a site's certificate was not accepted, in words."""

import ssl
from datetime import UTC, datetime

from bot.errors import SourceError

_EXPIRED, _NOT_YET = 10, 9
_SELF_SIGNED = (18, 19)
_OTHER_NAMES = (62, 64)
_UTC_TIME = 0x17


def certificate_fault(host: str, fault: BaseException | None, certificate: bytes | None) -> SourceError:
    """The fault of a secure connection that could not be made; `certificate` (DER) is what the site showed."""
    if not isinstance(fault, ssl.SSLCertVerificationError):
        return SourceError("U16", f"No secure connection to {host} can be made; is its address right?")
    dates = validity(certificate) if certificate else None
    match fault.verify_code:
        case code if code == _EXPIRED:
            why = f"expired on {dates[1]:%Y-%m-%d}" if dates else "expired"
        case code if code == _NOT_YET:
            why = f"valid only from {dates[0]:%Y-%m-%d}" if dates else "not valid yet"
        case code if code in _SELF_SIGNED:
            why = "signed by the site itself"
        case code if code in _OTHER_NAMES:
            why = f"made out to other names than {host}"
        case _:
            why = "signed by nobody I know"
    return SourceError("U16", f"The certificate of {host} is not valid: {why}. Only its operators can mend that.")


def validity(certificate: bytes) -> tuple[datetime, datetime] | None:
    """From when and until when a certificate (DER, RFC 5280) is valid; None where it cannot be read."""
    try:
        _, at, _ = _element(certificate, 0)
        tag, at, _ = _element(certificate, at)
        tag, _, end = _element(certificate, at)
        if tag == 0xA0:  # the version, which the oldest leave out
            _, _, end = _element(certificate, end)
        for _ in range(2):  # past the signature's algorithm and the issuer
            _, _, end = _element(certificate, end)
        _, at, _ = _element(certificate, end)
        since, after = _time(certificate, at)
        until, _ = _time(certificate, after)
    except (IndexError, ValueError):
        return None
    return since, until


def _element(der: bytes, at: int) -> tuple[int, int, int]:
    """The tag of the element that begins there, where its content begins and where it ends."""
    tag, size, start = der[at], der[at + 1], at + 2
    if size & 0x80:
        start += size & 0x7F
        size = int.from_bytes(der[at + 2 : start], "big")
    return tag, start, start + size


def _time(der: bytes, at: int) -> tuple[datetime, int]:
    tag, start, end = _element(der, at)
    text = der[start:end].decode("ascii")
    return datetime.strptime(text, "%y%m%d%H%M%SZ" if tag == _UTC_TIME else "%Y%m%d%H%M%SZ").replace(tzinfo=UTC), end
