import FoundationEssentials
package import ZeroMQ

/// The folder `keys` of an installation: the broker's own key, the list of keys that it takes, and
/// a file for each peer whose key was made here.
///
/// Every change happens under a lock and replaces whole files, so that two commands at once, or a
/// broker that reads meanwhile, see one state or the other.
package struct KeyFolder: Sendable, Equatable {
    /// Path of the folder.
    package let path: String

    /// Names a folder; nothing is made yet.
    package init(path: String) { self.path = path }

    /// Whether keys were made here.
    package var exists: Bool { PrivateFile.stamp(brokerKey) != nil }
    /// The broker's secret key.
    package var brokerKey: String { path + "/broker.key" }
    /// The key that will follow it.
    package var nextBrokerKey: String { path + "/broker-next.key" }
    /// The keys that the broker takes.
    package var allowed: String { path + "/allowed" }
    /// The file of a peer's secret key.
    package func peerKey(_ name: String) -> String { "\(path)/\(name).key" }
    private var lock: String { path + "/lock" }

    /// The keys that the broker takes; none when there is no list.
    ///
    /// - Throws: `KeyFailure` when the list cannot be read.
    package func list() throws(KeyFailure) -> AllowList {
        do {
            return try AllowListFile.read(allowed)
        } catch  where error.code == .fileMissing {
            return AllowList()
        }
    }

    /// The broker's own key.
    ///
    /// - Throws: `KeyFailure`; `fileMissing` when none was made.
    package func broker() throws(KeyFailure) -> CurveKeyPair { try Self.file(brokerKey).keys }

    /// Makes a peer's key, and the broker's when there is none yet.
    ///
    /// - Parameters:
    ///   - name: a name that no good key has.
    ///   - role: what its owner may do.
    ///   - known: the public key of a pair that was made elsewhere; no file is written then.
    ///   - day: today, as `2026-11-28`.
    /// - Returns: the public key.
    /// - Throws: `KeyFailure`: `nameRefused`, or why a file cannot be read or written.
    @discardableResult
    package func add(
        _ name: String,
        _ role: KeyRole,
        known: CurveKey? = nil,
        day: String
    ) throws(KeyFailure) -> CurveKey {
        let name = try PeerName.checked(name)
        return try change { list throws(KeyFailure) in
            let isTaken = list.entries.contains { $0.name == name && $0.role != nil }
            guard !isTaken else {
                throw KeyFailure(
                    .nameRefused,
                    "\(name) has a key already. Change it with wirecopy keys rotate \(name)."
                )
            }
            return try enter(name, role, known, day, &list)
        }
    }

    /// Makes another key for a peer; the old one stays good until it is revoked.
    ///
    /// - Throws: `KeyFailure`: `nameUnknown` when no good key has this name.
    @discardableResult
    package func rotate(
        _ name: String,
        known: CurveKey? = nil,
        day: String
    ) throws(KeyFailure) -> CurveKey {
        try change { list throws(KeyFailure) in
            guard let role = list.entries.last(where: { $0.name == name })?.role else {
                throw Self.unknown(name)
            }
            return try enter(name, role, known, day, &list)
        }
    }

    /// Takes the keys of a peer back; `keepsNewest` leaves the one that was made last.
    ///
    /// - Returns: the keys that were good until now.
    /// - Throws: `KeyFailure`: `nameUnknown` when no good key is meant.
    @discardableResult
    package func revoke(
        _ name: String,
        keepsNewest: Bool = false
    ) throws(KeyFailure) -> [CurveKey] {
        try change { list throws(KeyFailure) in
            var keys = list.entries.filter { $0.name == name && $0.role != nil }.map(\.key)
            guard !keys.isEmpty else { throw Self.unknown(name) }
            if keepsNewest { keys.removeLast() }
            let revoked = Set(keys)
            list.revoke { revoked.contains($0.key) }
            return keys
        }
    }

    /// Makes the key that will follow the broker's, and tells it to the peers whose files are here.
    ///
    /// - Returns: the public key; the same again when it was made before.
    package func prepareBroker() throws(KeyFailure) -> CurveKey {
        try change { _ throws(KeyFailure) in
            let present = try broker().publicKey
            if PrivateFile.stamp(nextBrokerKey) == nil {
                try Self.writeBroker(try Self.make(), to: nextBrokerKey)
            }
            let next = try Self.file(nextBrokerKey).keys.publicKey
            try tellPeers([present, next])
            return next
        }
    }

    /// Puts the next key in the place of the broker's, which reads it within seconds.
    ///
    /// - Returns: the public key that holds from now on.
    /// - Throws: `KeyFailure` with `fileMissing` when no key was prepared.
    package func rotateBroker() throws(KeyFailure) -> CurveKey {
        try change { _ throws(KeyFailure) in
            let next = try Self.file(nextBrokerKey)
            try PrivateFile.write(next.text, to: brokerKey, isSecret: true)
            try PrivateFile.remove(nextBrokerKey)
            try tellPeers([next.keys.publicKey])
            return next.keys.publicKey
        }
    }

    /// Reads a file with a secret key.
    ///
    /// - Throws: `KeyFailure`: it is missing, unreadable, malformed, or others may read it.
    package static func file(_ path: String) throws(KeyFailure) -> KeyFile {
        let text = try PrivateFile.read(path, bytesMax: KeyFile.bytesMax, isSecret: true)
        return try KeyFile(parsing: text, name: path)
    }
}

extension KeyFolder {
    /// Changes the list under the lock; it is written when it became another.
    private func change<Value>(
        _ body: (inout AllowList) throws(KeyFailure) -> Value
    ) throws(KeyFailure) -> Value {
        try PrivateFile.makeFolder(path)
        return try PrivateFile.locked(lock) { () throws(KeyFailure) in
            if PrivateFile.stamp(brokerKey) == nil {
                try Self.writeBroker(try Self.make(), to: brokerKey)
            }
            let before = try list()
            var list = before
            let value = try body(&list)
            if list != before || PrivateFile.stamp(allowed) == nil {
                try PrivateFile.write(list.text, to: allowed, isSecret: false)
            }
            return value
        }
    }

    private func enter(
        _ name: String,
        _ role: KeyRole,
        _ known: CurveKey?,
        _ day: String,
        _ list: inout AllowList
    ) throws(KeyFailure) -> CurveKey {
        if let known {
            try list.append(AllowedKey(name: name, role: role, key: known, day: day))
            return known
        }
        let keys = try Self.make()
        let file = KeyFile(name: name, keys: keys, brokerKeys: try brokerKeys())
        try list.append(AllowedKey(name: name, role: role, key: keys.publicKey, day: day))
        try PrivateFile.write(file.text, to: peerKey(name), isSecret: true)
        return keys.publicKey
    }

    /// The broker's key, and the one that will follow it if there is one.
    private func brokerKeys() throws(KeyFailure) -> [CurveKey] {
        let present = try broker().publicKey
        guard PrivateFile.stamp(nextBrokerKey) != nil else { return [present] }
        return [present, try Self.file(nextBrokerKey).keys.publicKey]
    }

    private func tellPeers(_ brokerKeys: [CurveKey]) throws(KeyFailure) {
        for name in Set(try list().entries.map(\.name))
        where PrivateFile.stamp(peerKey(name)) != nil {
            var file = try Self.file(peerKey(name))
            file.brokerKeys = brokerKeys
            try PrivateFile.write(file.text, to: peerKey(name), isSecret: true)
        }
    }

    private static func writeBroker(
        _ keys: CurveKeyPair,
        to path: String
    ) throws(KeyFailure) {
        let file = KeyFile(name: PeerName.broker, keys: keys, brokerKeys: [])
        try PrivateFile.write(file.text, to: path, isSecret: true)
    }

    private static func make() throws(KeyFailure) -> CurveKeyPair {
        do {
            return try CurveKeyPair.make()
        } catch {
            throw KeyFailure(.unsupported, "\(error.message) Install a libzmq with CURVE.")
        }
    }

    private static func unknown(_ name: String) -> KeyFailure {
        KeyFailure(.nameUnknown, "No good key is named \(name); wirecopy keys ls shows all.")
    }
}
