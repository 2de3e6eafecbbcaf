import Foundation
import Testing

/// Two network namespaces of the kernel with a cable between them: two machines, as far as
/// programs can tell.
struct NamespacePair {
    /// Namespace of the broker.
    let broker: String
    /// Namespace of the workers.
    let workers: String
    /// Address of the broker's end of the cable.
    let brokerAddress = "10.203.77.1"

    /// Makes the namespaces, runs `body`, and removes them in any case.
    static func use(
        in installation: Installation,
        _ body: (NamespacePair) async throws -> Void
    ) async throws {
        // The process number keeps two runs of the tests apart; a device's name has 15 bytes.
        let pair = NamespacePair(broker: "wc\(getpid())b", workers: "wc\(getpid())w")
        do {
            try await pair.make(installation)
            try await body(pair)
        } catch {
            await pair.remove(installation)
            throw error
        }
        await pair.remove(installation)
    }

    /// Whether the machine allows namespaces, cables and programs inside them.
    static let isAllowed: Bool = {
        let name = "wc\(getpid())p"
        defer { _ = Probe.succeeds(ip, "netns", "delete", name) }
        return Probe.succeeds(ip, "netns", "add", name)
            && Probe.succeeds(ip, "-netns", name, "link", "add", name, "type", "veth")
            && Probe.succeeds(ip, "netns", "exec", name, "/bin/true")
    }()

    /// Starts a program in one of the namespaces.
    func start(
        _ program: String,
        _ arguments: [String],
        in namespace: String,
        of installation: Installation
    ) throws -> ProgramUnderTest {
        let path = ProgramUnderTest.folder.appending(path: program).path
        return try installation.start(Self.ip, ["netns", "exec", namespace, path] + arguments)
    }

    private func make(_ installation: Installation) async throws {
        for name in [broker, workers] {
            try await configure(["netns", "add", name], installation)
            try await configure(["-netns", name, "link", "set", "lo", "up"], installation)
        }
        let cable = ["type", "veth", "peer", "name", workers, "netns", workers]
        try await configure(["-netns", broker, "link", "add", broker] + cable, installation)
        for (name, address) in [(broker, brokerAddress), (workers, "10.203.77.2")] {
            let adding = ["-netns", name, "address", "add", "\(address)/30", "dev", name]
            try await configure(adding, installation)
            try await configure(["-netns", name, "link", "set", name, "up"], installation)
        }
    }

    private func remove(_ installation: Installation) async {
        // A namespace lives on while a program is in it, and with it the cable.
        for program in installation.programs { _ = kill(program.pid, SIGKILL) }
        for name in [broker, workers] {
            try? await configure(["netns", "delete", name], installation)
        }
    }

    private func configure(_ arguments: [String], _ installation: Installation) async throws {
        let end = try await installation.start(Self.ip, arguments).end()
        try #require(end.status == 0, "ip \(arguments): \(end.errors)")
    }

    private static let ip = "/usr/sbin/ip"
}
