/// How a fetcher names itself to sites.
package enum UserAgent {
    /// The name that is set, or else our own with the contact that is set:
    /// `wirecopy/0.1.0 (+mailto:desk@tide.example)`.
    package static func text(_ configuration: Configuration) -> String {
        let plain = "wirecopy/\(ProgramVersion.current)"
        let contact = configuration.text(.contact).flatMap(ContactAddress.init)
        return configuration.text(.userAgent) ?? contact.map { "\(plain) (+\($0.uri))" } ?? plain
    }
}

/// An address under which operators of sites reach whoever fetches: of mail or of a page.
package struct ContactAddress: Sendable, Equatable {
    /// What the setting holds where nobody wants to be reached, and nobody wants to be asked again.
    package static let none = "none"

    /// The address as it is written: `desk@tide.example`.
    package let text: String
    /// The same with its scheme: `mailto:desk@tide.example`.
    package let uri: String

    /// Longer addresses are typed by mistake; it goes along with every request.
    private static let lengthMaxBytes = 200

    /// Reads an address; `nil` for what is none. It must not end the comment of a user agent or a
    /// line of a configuration file.
    package init?(_ text: String) {
        let isPlain = text.utf8.allSatisfy { 0x21...0x7E ~= $0 && !"()#<>\"\\,;".utf8.contains($0) }
        guard isPlain, text.utf8.count <= Self.lengthMaxBytes else { return nil }
        if text.hasPrefix("https://") || text.hasPrefix("http://") {
            let host = text.drop { $0 != ":" }.dropFirst(3).prefix { $0 != "/" }
            guard host.contains(".") else { return nil }
            uri = text
        } else {
            let parts = text.split(separator: "@", omittingEmptySubsequences: false)
            guard parts.count == 2, !parts[0].isEmpty, parts[1].contains("."),
                !parts[1].hasPrefix("."), !parts[1].hasSuffix("."), !text.contains("/")
            else { return nil }
            uri = "mailto:\(text)"
        }
        self.text = text
    }
}
