import ZeroMQ

/// Where a peer finds its key and the broker's; both are read again for each connection.
package struct LinkKeys: Sendable, Equatable {
    /// File with the peer's secret key.
    package var keyFile: String
    /// The broker's public keys or a file that has them; `nil` takes those in `keyFile`.
    package var brokerKey: String?

    /// Names the two.
    package init(keyFile: String, brokerKey: String? = nil) {
        self.keyFile = keyFile
        self.brokerKey = brokerKey
    }

    /// Reads the files as they are now.
    ///
    /// - Throws: `KeyFailure` that says which file cannot be used and why.
    package func read() throws(KeyFailure) -> KeyFile {
        var file = try KeyFolder.file(keyFile)
        if let brokerKey { file.brokerKeys = try Self.brokerKeys(brokerKey) }
        guard !file.brokerKeys.isEmpty else {
            throw KeyFailure(
                .malformed,
                "\(keyFile) does not tell the broker's key; give it with --broker-key."
            )
        }
        return file
    }

    private static func brokerKeys(_ text: String) throws(KeyFailure) -> [CurveKey] {
        guard text.contains("/") || text.hasSuffix(".key") else {
            return try KeyFile.keys(text, in: "the setting")
        }
        let content = try PrivateFile.read(text, bytesMax: KeyFile.bytesMax, isSecret: false)
        let words = content.split { $0.isWhitespace }
        return try KeyFile.keys(words.joined(separator: ","), in: text)
    }
}

/// Which addresses other machines can reach.
package enum LinkAddress {
    /// Whether everything that goes there stays on this machine.
    ///
    /// Names are not looked up: `localhost` alone is taken for what it is.
    package static func isLocal(_ endpoint: String) -> Bool {
        guard endpoint.hasPrefix("tcp://") else {
            return endpoint.hasPrefix("ipc://") || endpoint.hasPrefix("inproc://")
        }
        let host = endpoint.dropFirst("tcp://".count)
        if host.hasPrefix("[::1]:") || host.hasPrefix("localhost:") { return true }
        // 127.0.0.0/8 in full: a name such as 127.example.org is another machine's.
        let address = host.prefix { $0 != ":" }.split(separator: ".")
        return address.count == 4 && address.first == "127"
            && address.allSatisfy { UInt8($0) != nil }
    }
}
