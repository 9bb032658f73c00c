"""Where a webhook may go. Every row is an address of IANA's registries, or a way of writing one that fooled others."""

import subprocess
import sys

import pytest

from tests.repository.test_shape import ROOT, production
from webhooks.addresses import AddressRefused, Target, choose, is_public, target_of
from webhooks.sending import resolve

PUBLIC = ("8.8.8.8", "1.1.1.1", "93.184.216.34", "172.15.255.255", "172.32.0.0", "100.63.255.255", "100.128.0.0")
PUBLIC += ("192.0.1.0", "198.17.255.255", "223.255.255.255", "2606:4700::1111", "2a00:1450:4001::1", "2400::1")
PUBLIC += ("::ffff:8.8.8.8", "64:ff9b::8.8.8.8", "2002:808:808::1")
NOT_PUBLIC = (
    *("0.0.0.0", "0.1.2.3", "10.0.0.1", "10.255.255.255", "100.64.0.1", "100.127.255.255", "127.0.0.1", "127.8.8.8"),  # noqa: S104
    *("169.254.0.1", "169.254.169.254", "172.16.0.1", "172.31.255.255", "192.0.0.1", "192.0.0.170", "192.0.2.1"),
    *("192.88.99.1", "192.168.0.1", "192.168.255.255", "198.18.0.1", "198.19.255.255", "198.51.100.1", "203.0.113.9"),
    *("224.0.0.1", "224.0.1.1", "239.255.255.255", "240.0.0.1", "255.255.255.255"),
    *("::", "::1", "::7f00:1", "::127.0.0.1", "fe80::1", "fe80::1%lo", "fec0::1", "fc00::1", "fd12:3456::1"),
    *("ff02::1", "ff0e::1", "100::1", "2001::1", "2001:0:53aa:64c:0:7f:0:0", "2001:2::1", "2001:10::1", "2001:20::1"),
    *("2001:db8::1", "3fff::1", "5f00::1", "4000::1", "64:ff9b:1::8.8.8.8", "fd00:ec2::254"),
    # An address that is translated to one of the above.
    *("::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:169.254.169.254", "::ffff:0:127.0.0.1"),
    *("2002:7f00:1::", "2002:a00:1::1", "2002:a9fe:a9fe::1", "64:ff9b::127.0.0.1", "64:ff9b::a9fe:a9fe"),
)


@pytest.mark.parametrize("address", PUBLIC)
def test_machines_of_the_internet_may_be_called(address):
    assert is_public(address)


@pytest.mark.parametrize("address", NOT_PUBLIC)
def test_no_other_address_may_be_called(address):
    assert not is_public(address)


@pytest.mark.parametrize(
    ("url", "stored"),
    [
        ("https://hooks.example.org", "https://hooks.example.org/"),
        ("https://hooks.example.org/a?b=c", "https://hooks.example.org/a?b=c"),
        ("HTTPS://Hooks.Example.ORG:443/A", "https://hooks.example.org/A"),
        ("https://bücher.example/ü", "https://xn--bcher-kva.example/%C3%BC"),
        ("https://hooks。example.org/", "https://hooks.example.org/"),
    ],
)
def test_an_address_is_kept_in_one_form(settings, url, stored):
    settings.WEBHOOK_LOCAL_HOSTS = frozenset()
    assert target_of(url).url == stored


REFUSED = (
    *("", "hooks.example.org", "//hooks.example.org", "https://", "https:///x", "https:hooks.example.org"),
    *("http://hooks.example.org/", "ftp://hooks.example.org/", "file:///etc/passwd", "gopher://hooks.example.org/"),
    *("javascript://hooks.example.org/", "https://user@hooks.example.org/", "https://user:pass@hooks.example.org/"),
    *("https://@hooks.example.org/", "https://hooks.example.org@127.0.0.1/", "https://hooks.example.org/#part"),
    *("https://hooks.example.org:22/", "https://hooks.example.org:6379/", "https://hooks.example.org:8443/"),
    *("https://hooks.example.org:0/", "https://hooks.example.org:65536/", "https://hooks.example.org:x/"),
    *("https://localhost/", "https://localhost./", "https://hooks.example.org./", "https://hooks/", "https://.org/"),
    *("https://127.0.0.1/", "https://8.8.8.8/", "https://127.1/", "https://2130706433/", "https://0x7f000001/"),
    *("https://0177.0.0.1/", "https://0x7f.0.0.0x1/", "https://0x7f.0x1/", "https://017700000001/", "https://1.2.3/"),
    *("https://[::1]/", "https://[::ffff:127.0.0.1]/", "https://[fe80::1%25lo]/", "https://[v1.x]/", "https://[::1/"),
    *("https://１２７.0.0.1/", "https://ⓛocalhost/", "https://127。0。0。1/", "https://localhost。/"),
    *("https://hooks.example.org\\@127.0.0.1/", "https://hooks.example.org/\r\nX: y", "https://hooks .example.org/"),
    *("https://hooks.example.org/a b", "\thttps://hooks.example.org/", "https://hooks.example.org/\x00"),
    *("https://-hooks.example.org/", "https://hooks-.example.org/", "https://hooks..example.org/", "https://_x.org/"),
    *(f"https://{'a' * 64}.example.org/", f"https://hooks.example.org/{'a' * 500}", f"https://{'a.' * 130}org/"),
    *("https://hooks.example.org%2f@127.0.0.1/", "https://hooks.example.org%00/", "https://hooks.example.org／x/"),
    f"https://hooks.example.org/{'ü' * 200}",
)


@pytest.mark.parametrize("url", REFUSED)
def test_what_is_no_address_of_the_internet_is_refused_with_a_sentence(settings, url):
    settings.WEBHOOK_LOCAL_HOSTS = frozenset()
    with pytest.raises(AddressRefused) as refused:
        target_of(url)
    assert len(refused.value.sentence) > 20


def test_other_ports_are_a_setting(settings):
    settings.WEBHOOK_PORTS = frozenset({443, 8443})
    assert target_of("https://hooks.example.org:8443/").url == "https://hooks.example.org:8443/"


THERE = Target(True, "hooks.example.org", 443, "/", local=False)
HERE = Target(False, "127.0.0.1", 8080, "/", local=True)


def test_of_a_names_addresses_the_first_is_taken():
    assert choose(THERE, ["93.184.216.34", "2606:4700::1111"]) == "93.184.216.34"


@pytest.mark.parametrize("found", [[], ["127.0.0.1"], ["93.184.216.34", "10.0.0.1"], ["2606:4700::1111", "::1"]])
def test_a_name_that_leads_inside_is_refused_even_if_it_leads_outside_too(found):
    with pytest.raises(AddressRefused):
        choose(THERE, found)


def test_a_host_that_the_settings_call_this_machine_cannot_lead_elsewhere():
    assert choose(HERE, ["127.0.0.1"]) == "127.0.0.1"
    with pytest.raises(AddressRefused):
        choose(HERE, ["10.0.0.1"])


def test_a_real_name_that_leads_to_this_machine_is_refused():
    with pytest.raises(AddressRefused, match="private network"):
        resolve(Target(True, "localhost", 443, "/", local=False), 5)


def test_production_cannot_be_opened_to_its_own_machine():
    asked = "from django.conf import settings; print(sorted(settings.WEBHOOK_LOCAL_HOSTS))"
    done = subprocess.run(
        [sys.executable, "-c", asked],
        cwd=ROOT,
        env=production(WEBHOOK_LOCAL_HOSTS="127.0.0.1"),
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == "[]"
