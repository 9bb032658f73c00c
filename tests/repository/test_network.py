"""Tests talk to this machine alone."""

import socket

import pytest
from pytest_socket import SocketConnectBlockedError


def test_the_network_is_closed_but_for_this_machine():
    with socket.socket() as beyond, pytest.raises((SocketConnectBlockedError, UserWarning), match="192.0.2.1"):
        beyond.connect(("192.0.2.1", 80))
    with socket.socket() as here:
        here.bind(("127.0.0.1", 0))
        here.listen()
        with socket.create_connection(here.getsockname(), timeout=5):
            pass
