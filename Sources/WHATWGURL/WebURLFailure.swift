/// Why a text is no address.
package enum WebURLFailure: Error, Sendable, Hashable, CaseIterable, CustomStringConvertible {
    /// Longer than `WebURL.lengthMaxBytes`.
    case tooLong
    /// Relative, with nothing or nothing fitting to be relative to.
    case notAbsolute
    /// A scheme that needs a host has none.
    case hostMissing
    /// The host holds what no host may, or is an address with numbers out of range.
    case hostInvalid
    /// The port is no number from 0 to 65,535.
    case portInvalid

    /// A sentence for people.
    package var description: String {
        switch self {
        case .tooLong: "The address is longer than \(WebURL.lengthMaxBytes) bytes."
        case .notAbsolute: "The address does not begin with a scheme such as https://."
        case .hostMissing: "The address has no host."
        case .hostInvalid: "The address has a host that cannot be one."
        case .portInvalid: "The address has a port that is no number from 0 to 65535."
        }
    }
}
