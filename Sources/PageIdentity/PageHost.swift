/// A host by its labels.
struct PageHost: Sendable {
    private let labels: [Substring]
    private let host: String

    init(_ host: String) {
        self.host = host
        labels = host.split(separator: ".")
    }

    /// Second-level labels below which countries register names, as in `example.co.uk`.
    private static let countryCategories: Set<String> = [
        "ac", "co", "com", "edu", "gob", "gouv", "gov", "go", "ne", "net", "nom", "or", "org",
    ]

    /// Labels of hosts that show the same pages in another form. `m.tide.example` loses its first
    /// label, `m.example` does not: it is the registered name. Held by `PageAddressTests`.
    private static let twins: Set<String> = [
        "www", "m", "mobile", "mobil", "amp", "wap", "touch", "print",
    ]

    /// The registrable domain as far as it can be told without the Public Suffix List; the host
    /// itself for addresses and single names.
    var registrableDomain: String {
        guard let count = registrableCount else { return host }
        return labels.suffix(count).joined(separator: ".")
    }

    /// The host without labels of twins in front of the registrable domain.
    var key: String {
        guard let count = registrableCount else { return host }
        let kept = labels.dropLast(count).filter { !Self.twins.contains(String($0)) }
        return (kept + labels.suffix(count)).joined(separator: ".")
    }

    /// Labels of the registrable domain; `nil` when the host has none below it.
    private var registrableCount: Int? {
        let isAddress = host.contains("]") || labels.allSatisfy { $0.allSatisfy(\.isNumber) }
        guard labels.count > 2, !isAddress else { return nil }
        let isBelowCategory =
            labels[labels.count - 1].utf8.count == 2
            && Self.countryCategories.contains(String(labels[labels.count - 2]))
        return isBelowCategory ? 3 : 2
    }
}
