import Foundation
import Testing
import WirecopyKeys
import ZeroMQ

final class KeyFolderTests {
    private let folder: KeyFolder
    private let day = "2026-11-28"

    init() throws {
        let name = "wirecopy-keys-\(UUID().uuidString)"
        let path = FileManager.default.temporaryDirectory.appending(path: name).path
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        folder = KeyFolder(path: path + "/keys")
    }

    deinit {
        let path = URL(filePath: folder.path).deletingLastPathComponent().path
        try? FileManager.default.removeItem(atPath: path)
    }

    private func mode(_ path: String) throws -> Int {
        let attributes = try FileManager.default.attributesOfItem(atPath: path)
        return try #require(attributes[.posixPermissions] as? Int)
    }

    @Test func `a new key is allowed, and its file holds all that the peer needs`() throws {
        let key = try folder.add("parser-1", KeyRole("parse"), day: day)
        let file = try KeyFolder.file(folder.peerKey("parser-1"))
        #expect(file.name == "parser-1")
        #expect(file.keys.publicKey == key)
        #expect(try file.brokerKeys == [folder.broker().publicKey])
        let entry = try #require(try folder.list()[key])
        #expect(entry.day == day)
        #expect(try entry.role == KeyRole("parse"))
    }

    @Test func `secret keys are for their owner alone`() throws {
        try folder.add("parser-1", KeyRole("parse"), day: day)
        #expect(try mode(folder.peerKey("parser-1")) == 0o600)
        #expect(try mode(folder.brokerKey) == 0o600)
        #expect(try mode(folder.path) == 0o700)
    }

    @Test(arguments: [0o640, 0o604, 0o644, 0o660])
    func `a secret key that others may read is refused`(_ mode: Int) throws {
        try folder.add("parser-1", KeyRole("parse"), day: day)
        let path = folder.peerKey("parser-1")
        try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path)
        let failure = #expect(throws: KeyFailure.self) {
            try LinkKeys(keyFile: path).read()
        }
        #expect(failure?.code == .fileExposed)
        #expect(failure?.message.contains("chmod 600 \(path)") == true)
    }

    @Test func `a name has one good key unless it is rotated`() throws {
        try folder.add("parser-1", KeyRole("parse"), day: day)
        let failure = #expect(throws: KeyFailure.self) {
            try folder.add("parser-1", KeyRole("parse"), day: day)
        }
        #expect(failure?.code == .nameRefused)
        try folder.revoke("parser-1")
        try folder.add("parser-1", KeyRole("parse"), day: day)
        #expect(try folder.list().entries.map { $0.role == nil } == [true, false])
    }

    @Test func `a rotated peer has two good keys until the old one is revoked`() throws {
        let old = try folder.add("parser-1", KeyRole("parse"), day: day)
        let new = try folder.rotate("parser-1", day: day)
        #expect(try folder.list().entries.map(\.role) == [KeyRole("parse"), KeyRole("parse")])
        #expect(try KeyFolder.file(folder.peerKey("parser-1")).keys.publicKey == new)
        #expect(try folder.revoke("parser-1", keepsNewest: true) == [old])
        #expect(try folder.list()[old]?.role == nil)
        #expect(try folder.list()[new]?.role == KeyRole("parse"))
    }

    @Test(arguments: ["nobody", ""])
    func `a name without a good key can be neither rotated nor revoked`(_ name: String) throws {
        #expect(throws: KeyFailure.self) { try folder.rotate(name, day: day) }
        let failure = #expect(throws: KeyFailure.self) { try folder.revoke(name) }
        #expect(failure?.code == .nameUnknown)
    }

    @Test(arguments: ["../up", "", "broker", ".hidden", "a b", "é"])
    func `a name that is no name of a file is refused`(_ name: String) throws {
        let failure = #expect(throws: KeyFailure.self) {
            try folder.add(name, KeyRole("parse"), day: day)
        }
        #expect(failure?.code == .nameRefused)
    }

    @Test func `a key that was made elsewhere is allowed without a file`() throws {
        let key = try CurveKeyPair.make().publicKey
        try folder.add("editor", KeyRole("publish"), known: key, day: day)
        #expect(try folder.list()[key]?.name == "editor")
        #expect(!FileManager.default.fileExists(atPath: folder.peerKey("editor")))
        let failure = #expect(throws: KeyFailure.self) {
            try folder.add("other", KeyRole("all"), known: key, day: day)
        }
        #expect(failure?.code == .nameRefused)
    }

    @Test func `the broker's next key is told to peers before it holds`() throws {
        try folder.add("parser-1", KeyRole("parse"), day: day)
        let present = try folder.broker().publicKey
        let next = try folder.prepareBroker()
        #expect(try folder.prepareBroker() == next)
        #expect(try folder.broker().publicKey == present)
        #expect(try KeyFolder.file(folder.peerKey("parser-1")).brokerKeys == [present, next])
        try folder.add("parser-2", KeyRole("parse"), day: day)
        #expect(try KeyFolder.file(folder.peerKey("parser-2")).brokerKeys == [present, next])
        #expect(try folder.rotateBroker() == next)
        #expect(try folder.broker().publicKey == next)
        #expect(try KeyFolder.file(folder.peerKey("parser-1")).brokerKeys == [next])
        #expect(throws: KeyFailure.self) { try folder.rotateBroker() }
    }

    @Test func `a broker key in the settings wins over the one in the key file`() throws {
        try folder.add("parser-1", KeyRole("parse"), day: day)
        let other = try CurveKeyPair.make().publicKey
        let path = folder.peerKey("parser-1")
        let named = LinkKeys(keyFile: path, brokerKey: "\(other)")
        #expect(try named.read().brokerKeys == [other])
        let file = folder.path + "/broker.pub"
        try "\(other)\n".write(toFile: file, atomically: true, encoding: .utf8)
        #expect(try LinkKeys(keyFile: path, brokerKey: file).read().brokerKeys == [other])
        let failure = #expect(throws: KeyFailure.self) {
            try LinkKeys(keyFile: path, brokerKey: "abc").read()
        }
        #expect(failure?.code == .malformed)
    }

    @Test(arguments: ["", "secret-key = 12", "what is this", "name = x\n"])
    func `a file without a secret key says how to make one and shows nothing`(
        _ text: String
    ) throws {
        let failure = #expect(throws: KeyFailure.self) {
            try KeyFile(parsing: text, name: "x.key")
        }
        #expect(failure?.code == .malformed)
        #expect(failure?.message.hasPrefix("x.key") == true)
    }

    @Test func `two keys that do not belong together are refused`() throws {
        let (one, other) = (try CurveKeyPair.make(), try CurveKeyPair.make())
        let text = "public-key = \(one)\nsecret-key = \(other.secretText)\n"
        let failure = #expect(throws: KeyFailure.self) {
            try KeyFile(parsing: text, name: "x.key")
        }
        #expect(failure?.message.contains("do not belong together") == true)
        #expect(failure?.message.contains(other.secretText) == false)
    }

    @Test func `a changed list is read again and a broken one changes nothing`() throws {
        let key = try folder.add("parser-1", KeyRole("parse"), day: day)
        var file = try AllowListFile(path: folder.allowed)
        #expect(file.look() == .same)
        try folder.revoke("parser-1")
        #expect(file.look() == .changed)
        #expect(file.list[key]?.role == nil)
        try "nonsense".write(toFile: folder.allowed, atomically: true, encoding: .utf8)
        guard case .unusable = file.look() else {
            Issue.record("A list that cannot be read was taken.")
            return
        }
        #expect(file.look() == .same)
        #expect(file.list[key]?.name == "parser-1")
    }

    @Test func `twenty keys made at once are all there`() async throws {
        let (folder, day) = (folder, day)
        try await withThrowingTaskGroup { group in
            for number in 1...20 {
                group.addTask { try folder.add("p\(number)", KeyRole("parse"), day: day) }
            }
            try await group.waitForAll()
        }
        #expect(try folder.list().entries.count == 20)
    }
}
