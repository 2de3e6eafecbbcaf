/// A host as the URL standard reads it (section 3.5).
package enum WebHost: Sendable, Hashable {
    /// A name in lower-case ASCII; what is not ASCII is in Punycode.
    case domain(String)
    /// Four bytes, the first in the highest bits.
    case ipv4(UInt32)
    /// Eight pieces.
    case ipv6(IPv6Address)
    /// The host of a scheme that is not special, percent-encoded.
    case opaque(String)
    /// No host between the slashes, as in `file:///tmp`.
    case empty

    /// The host as it stands in an address; an IPv6 address has its brackets.
    package var text: String {
        switch self {
        case .domain(let name), .opaque(let name): name
        case .ipv4(let address): IPv4Address.text(address)
        case .ipv6(let address): "[" + address.text + "]"
        case .empty: ""
        }
    }

    /// Whether it is a number and no name.
    package var isAddress: Bool {
        switch self {
        case .ipv4, .ipv6: true
        case .domain, .opaque, .empty: false
        }
    }

    /// Reads a host that is not empty.
    init(_ bytes: ArraySlice<UInt8>, isSpecial: Bool) throws(WebURLFailure) {
        if bytes.first == UInt8(ascii: "[") {
            guard bytes.last == UInt8(ascii: "]"),
                let address = IPv6Address(bytes.dropFirst().dropLast())
            else { throw .hostInvalid }
            self = .ipv6(address)
        } else if isSpecial {
            self = try Self.domainOrIPv4(bytes)
        } else {
            guard !bytes.contains(where: Self.isForbidden) else { throw .hostInvalid }
            self = .opaque(EncodeSet.control.encoded(bytes))
        }
    }

    private static func domainOrIPv4(_ bytes: ArraySlice<UInt8>) throws(WebURLFailure) -> WebHost {
        let decoded = PercentEncoding.decoded(bytes)
        guard !decoded.contains(where: isForbiddenInDomain),
            let name = DomainName.ascii(decoded), !name.isEmpty,
            !name.utf8.contains(where: isForbiddenInDomain)
        else { throw .hostInvalid }
        guard IPv4Address.isMeant(by: name) else { return .domain(name) }
        guard let address = IPv4Address.value(of: name) else { throw .hostInvalid }
        return .ipv4(address)
    }

    /// A forbidden host code point.
    private static func isForbidden(_ byte: UInt8) -> Bool { forbidden[Int(byte)] }

    /// A forbidden domain code point.
    private static func isForbiddenInDomain(_ byte: UInt8) -> Bool {
        byte < 0x20 || byte == UInt8(ascii: "%") || byte == 0x7F || forbidden[Int(byte)]
    }

    private static let forbidden = (UInt8.min...UInt8.max).map {
        "\u{0}\t\n\r #/:<>?@[\\]^|".utf8.contains($0)
    }
}
