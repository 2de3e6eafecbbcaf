import Logging

/// Where a broker listens, with the ports that it got.
package struct BrokerEndpoints: Sendable, Equatable {
    /// For the programs of its machine; no key is asked for, unless it is `encrypted` too.
    package let local: String
    /// For owners of keys, here and elsewhere; `nil` when the broker has no keys.
    package let encrypted: String?

    init(local: String, encrypted: String? = nil) {
        self.local = local
        self.encrypted = encrypted
    }

    var metadata: Logger.Metadata {
        var metadata: Logger.Metadata = ["broker.endpoint": "\(local)"]
        metadata["broker.encrypted_endpoint"] = encrypted.map { "\($0)" }
        return metadata
    }
}
