import ArgumentParser
import Foundation
import HTTPServer
import WirecopyClient
import WirecopyProgram
import WirecopyWeb

/// The flags of the program.
struct WebOptions: ParsableArguments {
    @Option(help: "Where the page is served; other machines need --token.")
    var listen = Configuration.current.text(.webListen, default: "127.0.0.1:5580")

    @Option(help: "What one must know to change something; better as WIRECOPY_WEB_TOKEN.")
    var token: String?

    @Option(name: .customLong("name"), help: "Another name under which the page is reached.")
    var names: [String] = []

    @Option(help: "Folder that holds everything of this installation.")
    var data = DataDirectory.configuredPath

    @Option(help: "Database of articles, if it is not the folder's: a file, or postgresql://...")
    var store: String?

    @Option(help: "Address of a running broker, such as tcp://10.0.0.5:5577.")
    var broker: String?

    @OptionGroup var link: LinkOptions
    @OptionGroup var program: ProgramOptions

    /// The folder that the flags name.
    var directory: DataDirectory { DataDirectory(path: data) }

    /// The database that the flags name.
    var storePath: String { store ?? Configuration.current.text(.store) ?? directory.store }

    /// Where to listen.
    func address() throws(ProgramFailure) -> ListenAddress {
        do throws(HTTPServerFailure) {
            return try ListenAddress(listen)
        } catch {
            throw ProgramFailure(.usage, error.message)
        }
    }

    /// Who may do what. Where other machines connect, a token must have been given.
    func policy(_ address: ListenAddress) throws(ProgramFailure) -> AccessPolicy {
        let given = token ?? Configuration.current.text(.webToken)
        guard address.isLoopback || given != nil else {
            throw ProgramFailure(
                .usage,
                "\(listen) is reached by other machines, so everybody there could read. Give a "
                    + "token of \(AccessPolicy.tokenMin) characters or more as WIRECOPY_WEB_TOKEN."
            )
        }
        let token = if let given { given } else { try WebToken(in: directory).text() }
        guard token.utf8.count >= AccessPolicy.tokenMin else {
            throw ProgramFailure(
                .usage,
                "The token has \(token.utf8.count) bytes; it needs \(AccessPolicy.tokenMin)."
            )
        }
        let own = address.host.contains(":") ? "[\(address.host)]" : address.host
        return AccessPolicy(
            hosts: Set((names + [own]).map { $0.lowercased() }),
            token: token,
            readingNeedsToken: !address.isLoopback
        )
    }

    /// Says where the broker is, each time it is asked: one that was started again has another
    /// address.
    var brokerAddress: @Sendable () -> LinkConfiguration? {
        let (directory, keys) = (directory, link.keys)
        let (named, allowsPlaintext) = (
            broker ?? Configuration.current.text(.broker), link.allowPlaintext
        )
        let process = ProcessInfo.processInfo
        let peer = "wirecopy-web/\(process.hostName)-\(process.processIdentifier)"
        return {
            if let named {
                var configuration = LinkConfiguration(endpoint: named, peer: peer)
                configuration.keys = keys
                configuration.allowsPlaintext = allowsPlaintext
                return configuration
            }
            return BrokerAddress(in: directory).map {
                LinkConfiguration(endpoint: $0.endpoint, peer: peer)
            }
        }
    }
}

/// The token of an installation: made once, and readable by its owner alone.
struct WebToken {
    private static let bytesCount = 24

    private let path: String

    /// Names the file in a folder.
    init(in directory: DataDirectory) { path = directory.run + "/web-token" }

    /// Reads the token, or makes one.
    func text() throws(ProgramFailure) -> String {
        if let data = FileManager.default.contents(atPath: path) {
            let text = String(decoding: data, as: UTF8.self)
            return String(text.prefix { !$0.isWhitespace })
        }
        var generator = SystemRandomNumberGenerator()
        let digits = Array("0123456789abcdef")
        let token = String(
            (0..<Self.bytesCount * 2).map { _ in digits[Int(generator.next() & 15)] }
        )
        let isWritten = FileManager.default.createFile(
            atPath: path,
            contents: Data((token + "\n").utf8),
            attributes: [.posixPermissions: 0o600]
        )
        guard isWritten else {
            throw ProgramFailure(
                .cannotCreate,
                "The token cannot be written to \(path). Give one as WIRECOPY_WEB_TOKEN."
            )
        }
        return token
    }
}
