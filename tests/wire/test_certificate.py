"""Why a certificate was not accepted."""

import ssl
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.wire.certificate import certificate_fault, validity

FOLDER = Path(__file__).parent / "certificates"


def certificate(name: str) -> bytes:
    text = (FOLDER / f"{name}.pem").read_text(encoding="ascii")
    return ssl.PEM_cert_to_DER_cert(text[text.index("-----BEGIN CERTIFICATE") :])


def refused(code: int) -> ssl.SSLCertVerificationError:
    fault = ssl.SSLCertVerificationError(1, "certificate verify failed")
    fault.verify_code = code
    return fault


@pytest.mark.parametrize(
    ("code", "name", "why"),
    [
        (10, "expired", "expired on 2021-05-01."),
        (10, "", "expired."),
        (9, "future", "valid only from 2099-01-01."),
        (9, "", "not valid yet."),
        (18, "good", "signed by the site itself."),
        (19, "good", "signed by the site itself."),
        (62, "good", "made out to other names than coast.example."),
        (64, "", "made out to other names than coast.example."),
        (20, "good", "signed by nobody I know."),
    ],
)
def test_every_fault_of_a_certificate_has_its_words(code: int, name: str, why: str) -> None:
    fault = certificate_fault("coast.example", refused(code), certificate(name) if name else None)
    assert fault.code == "U16"
    assert str(fault).startswith(f"The certificate of coast.example is not valid: {why}")


def test_other_faults_of_a_secure_connection_are_no_fault_of_the_certificate() -> None:
    fault = certificate_fault("coast.example", ssl.SSLError(1, "wrong version number"), None)
    assert (fault.code, str(fault)) == (
        "U16",
        "No secure connection to coast.example can be made; is its address right?",
    )


def test_the_dates_of_a_certificate_are_read_in_both_of_their_forms() -> None:
    assert validity(certificate("expired")) == (datetime(2020, 1, 1, tzinfo=UTC), datetime(2021, 5, 1, 12, tzinfo=UTC))
    assert validity(certificate("future")) == (datetime(2099, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC))


@given(st.binary(max_size=200), st.integers(0, 360), st.integers(0, 255))
def test_a_garbled_certificate_has_no_dates_or_some_and_breaks_nothing(noise: bytes, at: int, byte: int) -> None:
    validity(noise)
    validity(certificate("good")[:at])
    validity(certificate("good")[:at] + bytes([byte]) + certificate("good")[at + 1 :])
