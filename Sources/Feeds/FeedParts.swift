/// A link of a feed or entry.
package struct FeedLink: Sendable, Hashable {
    /// Where it leads.
    package let address: String
    /// `alternate` for the page, `self` for the feed, `enclosure`, `hub`, ...
    package let relation: String
    /// Media type of what is there.
    package internal(set) var type: String?
    /// What it is called.
    package internal(set) var title: String?
    /// Language of what is there.
    package internal(set) var language: String?
    /// Bytes, as text.
    package internal(set) var length: String?
}

/// Sound, a picture or a film that belongs to an entry.
package struct FeedEnclosure: Sendable, Hashable {
    /// Where it is.
    package let address: String
    /// Its media type.
    package internal(set) var type: String?
    /// Bytes, as text.
    package internal(set) var length: String?
}

/// A subject.
package struct FeedCategory: Sendable, Hashable {
    /// The word.
    package let term: String
    /// The list of words that it is from.
    package internal(set) var scheme: String?
    /// The word as people read it.
    package internal(set) var label: String?
}

/// A person or body.
package struct FeedPerson: Sendable, Hashable {
    /// The name; `nil` when only an address is known.
    package internal(set) var name: String?
    /// The mail address.
    package internal(set) var email: String?
    /// A page.
    package internal(set) var address: String?

    init(name: String? = nil, email: String? = nil, address: String? = nil) {
        self.name = name
        self.email = email
        self.address = address
    }

    /// Reads `name`, `mail`, `name (mail)`, `mail (name)` and `name <mail>`; `nil` for nothing.
    init?(_ text: String) {
        let text = text.feedTrimmed
        guard !text.isEmpty else { return nil }
        let marks = text.split(maxSplits: 1) { $0 == "(" || $0 == "<" }
        let isPair = marks.count == 2 && (text.hasSuffix(")") || text.hasSuffix(">"))
        let outer = isPair ? String(marks[0]).feedTrimmed : text
        let inner = isPair ? String(marks[1].dropLast()).feedTrimmed : ""
        switch (Self.isMail(outer), Self.isMail(inner)) {
        case (true, _): self.init(name: inner.isEmpty ? nil : inner, email: outer)
        case (_, true): self.init(name: outer.isEmpty ? nil : outer, email: inner)
        default: self.init(name: text)
        }
    }

    /// Whether nothing is known.
    var isEmpty: Bool { name == nil && email == nil && address == nil }

    /// Name and mail address as feeds write them in one.
    package var text: String {
        guard let name else { return email ?? "" }
        return email.map { "\(name) (\($0))" } ?? name
    }

    private static func isMail(_ text: String) -> Bool {
        let parts = text.split(separator: "@", omittingEmptySubsequences: false)
        return parts.count == 2 && !parts[0].isEmpty && parts[1].contains(".")
            && !text.contains(" ")
    }
}

extension StringProtocol {
    /// Without white space around it.
    var feedTrimmed: String {
        var rest = self[...].drop(while: \.isWhitespace)
        while rest.last?.isWhitespace == true { rest = rest.dropLast() }
        return String(rest)
    }
}
