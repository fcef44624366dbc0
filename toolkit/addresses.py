"""Which IP addresses are of the public web, whatever they are wrapped in."""

from __future__ import annotations

import ipaddress

# Not reached from the public web, or only by a machine's own host, and not known as such to Python.
_NOT_PUBLIC = tuple(
    ipaddress.ip_network(block)
    for block in (
        "192.88.99.0/24",  # once 6to4's relays, RFC 7526
        "192.0.0.0/24",  # protocols', RFC 6890; a cloud tells its machines their secrets at 192.0.0.192
        "168.63.129.16/32",  # another cloud's own, in every one of its networks
        "3fff::/20",  # documentation, RFC 9637
        "5f00::/16",  # segment routing, RFC 9602
    )
)
_NAT64 = ipaddress.ip_network("64:ff9b::/96")
_ISATAP = (0x00005EFE, 0x02005EFE)  # RFC 5214: an IPv4 address in the last half of an IPv6 one


def is_public(place: str) -> bool:
    """Whether an IP address belongs to the public web, and so do those of IPv4 that are written in it."""
    try:
        ip = ipaddress.ip_address(place.partition("%")[0])
    except ValueError:
        return False
    if any(ip in block for block in _NOT_PUBLIC):
        return False
    if isinstance(ip, ipaddress.IPv6Address):
        last = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
        if ip in _NAT64:
            return is_public(str(last))
        inner = [ip.ipv4_mapped, ip.sixtofour, *(ip.teredo or ())]
        if int(ip) >> 32 & 0xFFFFFFFF in _ISATAP:
            inner.append(last)
        if not all(is_public(str(each)) for each in inner if each is not None):
            return False
        if ip.is_site_local:
            return False
    return ip.is_global and not ip.is_multicast and not ip.is_reserved
