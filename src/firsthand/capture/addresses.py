"""Which network addresses may be fetched from: public ones only, unless told otherwise."""

import ipaddress
import socket
from dataclasses import dataclass

from firsthand.errors import FetchError

Address = ipaddress.IPv4Address | ipaddress.IPv6Address

EMBEDDING = (
    (ipaddress.IPv6Network("64:ff9b::/96"), 0),
    (ipaddress.IPv6Network("64:ff9b:1::/48"), 0),
    (ipaddress.IPv6Network("2002::/16"), 80),
    (ipaddress.IPv6Network("::/96"), 0),
)
"""IPv6 ranges that carry an IPv4 address, and the bits to its right (RFC 6052, 8215, 3056, 4291)."""


def is_public(address: Address) -> bool:
    """Whether an address, and any IPv4 address inside it, belongs to the public internet."""
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped is not None:
            return is_public(address.ipv4_mapped)
        for network, shift in EMBEDDING:
            if address in network:
                inner = ipaddress.IPv4Address((int(address) >> shift) & 0xFFFFFFFF)
                return not address.is_loopback and address.is_global and is_public(inner)
    return address.is_global and not address.is_multicast


@dataclass(frozen=True)
class Resolver:
    """Looks names up once and hands out only addresses that may be reached."""

    allow_private: bool = False

    def resolve(self, host: str, port: int) -> str:
        """An address of a host; every one of its addresses must be allowed.

        The caller connects to what this returns, so that a second look-up cannot answer
        differently (DNS rebinding).
        """
        try:
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except (socket.gaierror, UnicodeError) as error:
            message = f"{host} has no address ({error}); check the spelling or the network"
            raise FetchError(message) from error
        addresses = [str(entry[4][0]).partition("%")[0] for entry in found]
        for address in addresses:
            if not self.allow_private and not is_public(ipaddress.ip_address(address)):
                message = (
                    f"{host} is at {address}, which is not a public address; "
                    "use --allow-private if you mean to fetch from your own network"
                )
                raise FetchError(message)
        return addresses[0]
