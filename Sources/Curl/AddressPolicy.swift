/// Which addresses may be connected to.
///
/// A page's address comes from strangers. Without this guard it could make the fetcher ask the
/// machine itself, its neighbours or a cloud's metadata service (server-side request forgery).
/// The check is made on the address that is about to be connected to, so that neither a name that
/// leads to a private address nor a redirect gets round it.
package struct AddressPolicy: Sendable, Equatable {
    /// Whether everything may be connected to; for tests and networks of one's own.
    package var allowsPrivateAddresses: Bool
    /// Networks that may be connected to though they are not public.
    package var allowedNetworks: [IPNetwork]
    /// Names of hosts, in lower case, that may have an address that is not public.
    package var allowedHosts: Set<String>

    /// Makes a policy; without arguments, only public addresses may be connected to.
    package init(
        allowsPrivateAddresses: Bool = false,
        allowedNetworks: [IPNetwork] = [],
        allowedHosts: Set<String> = []
    ) {
        self.allowsPrivateAddresses = allowsPrivateAddresses
        self.allowedNetworks = allowedNetworks
        self.allowedHosts = Set(allowedHosts.map { $0.lowercased() })
    }

    /// Whether `host` may be reached under this address.
    package func allows(_ address: IPAddress, host: String) -> Bool {
        if allowsPrivateAddresses || allowedHosts.contains(host.lowercased()) { return true }
        let embedded = Self.embeddedAddress(in: address)
        if allowedNetworks.contains(where: { network in
            network.contains(address) || embedded.map(network.contains) ?? false
        }) {
            return true
        }
        return Self.isPublic(address) && (embedded.map(Self.isPublic) ?? true)
    }

    private static func isPublic(_ address: IPAddress) -> Bool {
        !notPublic.contains { $0.contains(address) }
    }

    /// The IPv4 address to which packets for an IPv6 address go: mapped and compatible
    /// (RFC 4291), translated (RFC 2765), NAT64 (RFC 6052), 6to4 (RFC 3056) and ISATAP (RFC 5214);
    /// Teredo is refused as a whole.
    private static func embeddedAddress(in address: IPAddress) -> IPAddress? {
        guard address.bytes.count == 16 else { return nil }
        if lastFourBytes.contains(where: { $0.contains(address) }) {
            return IPAddress(bytes: Array(address.bytes[12...]))
        }
        // The interface identifier of ISATAP, whose first bit of two may be set.
        if address.bytes[8] & ~0x02 == 0, address.bytes[9...11].elementsEqual([0, 0x5E, 0xFE]) {
            return IPAddress(bytes: Array(address.bytes[12...]))
        }
        return sixToFour?.contains(address) == true
            ? IPAddress(bytes: Array(address.bytes[2..<6])) : nil
    }

    private static let sixToFour = IPNetwork("2002::/16")
    private static let lastFourBytes = [
        "::ffff:0:0/96", "::ffff:0:0:0/96", "::/96", "64:ff9b::/96",
    ]
    .compactMap { IPNetwork($0) }

    /// What is not the public internet: the registries of IANA for special purposes
    /// (RFC 6890 and later), multicast, and one address outside them.
    static let notPublicTexts = [
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16",
        "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16",
        "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
        // The metadata service of Azure, though it lies in a public range.
        "168.63.129.16/32",
        "::/128", "::1/128", "64:ff9b:1::/48", "100::/64", "2001::/32", "2001:2::/48",
        "2001:10::/28", "2001:20::/28", "2001:db8::/32", "3fff::/20", "5f00::/16", "fc00::/7",
        "fe80::/10", "fec0::/10", "ff00::/8",
    ]

    private static let notPublic = notPublicTexts.compactMap { IPNetwork($0) }
}
