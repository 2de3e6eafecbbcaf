package import ZeroMQ

/// What a file with a secret key says: whose it is, the key, and which brokers its owner trusts.
///
///     name = parser-2
///     public-key = 5c1f...
///     secret-key = 09ab...
///     broker-key = 77e0...
package struct KeyFile: Sendable, Equatable {
    /// Larger files are none of ours.
    static let bytesMax = 64 << 10
    /// Broker keys in one file: the present one and the next, with room for a second broker.
    static let brokerKeysMax = 4

    /// The peer's name.
    package let name: String
    /// Its own keys.
    package let keys: CurveKeyPair
    /// Keys of the broker: the present one first, then those that may follow.
    package var brokerKeys: [CurveKey]

    /// Joins the parts.
    package init(name: String, keys: CurveKeyPair, brokerKeys: [CurveKey]) {
        self.name = name
        self.keys = keys
        self.brokerKeys = brokerKeys
    }

    /// Reads a file's text.
    ///
    /// - Throws: `KeyFailure` with `malformed`; the sentence never holds what stands in the file.
    package init(parsing text: String, name file: String) throws(KeyFailure) {
        var values: [Substring: Substring] = [:]
        for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false)
            .enumerated()
        {
            let words = line.split { $0 == " " || $0 == "\t" || $0 == "\r" }
            guard let first = words.first, !first.hasPrefix("#") else { continue }
            guard words.count == 3, words[1] == "=" else {
                throw KeyFailure(
                    .malformed,
                    "\(file), line \(index + 1): a line is written setting = value."
                )
            }
            values[first] = words[2]
        }
        guard let secretText = values["secret-key"],
            let keys = CurveKeyPair(secretText: secretText)
        else {
            throw KeyFailure(
                .malformed,
                "\(file) has no secret-key of 64 hexadecimal digits. Make a key with "
                    + "wirecopy keys new, on the machine of the broker."
            )
        }
        if let publicText = values["public-key"], CurveKey(publicText) != keys.publicKey {
            throw KeyFailure(.malformed, "The two keys in \(file) do not belong together.")
        }
        name = values["name"].map(String.init) ?? "unnamed"
        self.keys = keys
        brokerKeys =
            try values["broker-key"].map { text throws(KeyFailure) in
                try Self.keys(text, in: file)
            } ?? []
    }

    /// The file's text.
    package var text: String {
        var text = """
            # A secret key of Wirecopy. Whoever reads this file can pass for its owner.
            name = \(name)
            public-key = \(keys.publicKey)
            secret-key = \(keys.secretText)

            """
        if !brokerKeys.isEmpty {
            text += "broker-key = \(brokerKeys.map(\.description).joined(separator: ","))\n"
        }
        return text
    }

    /// Reads public keys with commas between them.
    static func keys(
        _ text: some StringProtocol,
        in place: String
    ) throws(KeyFailure) -> [CurveKey] {
        let keys = text.split(separator: ",").map { CurveKey($0) }
        guard 1...brokerKeysMax ~= keys.count, !keys.contains(nil) else {
            throw KeyFailure(
                .malformed,
                "The broker-key in \(place) is 1 to \(brokerKeysMax) public keys of 64 hexadecimal "
                    + "digits, with commas between them."
            )
        }
        return keys.compactMap { $0 }
    }
}
