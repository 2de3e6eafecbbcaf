import Foundation
import Testing

/// Holds the sources to the limits in CONTRIBUTING.md.
struct TidyTests {
    private static let root = URL(filePath: #filePath)
        .deletingLastPathComponent()
        .deletingLastPathComponent()
        .deletingLastPathComponent()

    private struct SourceFile {
        let path: String
        let lines: [Substring]
    }

    private static func files(in folder: String) throws -> [SourceFile] {
        let base = root.appending(path: folder).resolvingSymlinksInPath()
        let paths = FileManager.default.enumerator(atPath: base.path)?.compactMap { $0 as? String }
        let sources = (paths ?? []).sorted().filter { $0.hasSuffix(".swift") }
        try #require(!sources.isEmpty, "\(folder) holds no Swift file.")
        return try sources.map { path in
            let text = try String(contentsOf: base.appending(path: path), encoding: .utf8)
            let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
            return SourceFile(path: "\(folder)/\(path)", lines: lines)
        }
    }

    @Test func `no file in Sources has more than 400 lines`() throws {
        for file in try Self.files(in: "Sources") where !file.path.hasSuffix(".generated.swift") {
            #expect(file.lines.count <= 401, "\(file.path) has \(file.lines.count) lines.")
        }
    }

    @Test func `no line has more than 100 columns`() throws {
        for file in try Self.files(in: "Sources") + Self.files(in: "Tests")
        where !file.path.hasSuffix(".generated.swift") {
            for (index, line) in file.lines.enumerated() where line.count > 100 {
                Issue.record("\(file.path):\(index + 1) has \(line.count) columns.")
            }
        }
    }

    @Test func `no function has more than 70 lines`() throws {
        for file in try Self.files(in: "Sources") {
            var open: (indent: Int, line: Int)?
            for (index, line) in file.lines.enumerated() {
                let indent = line.prefix { $0 == " " }.count
                let text = line.dropFirst(indent)
                if let start = open {
                    guard indent == start.indent, text == "}" else { continue }
                    let length = index - start.line + 1
                    #expect(length <= 70, "\(file.path):\(start.line + 1) has \(length) lines.")
                    open = nil
                } else if Self.opensFunction(text) {
                    open = (indent, index)
                }
            }
        }
    }

    @Test func `every package declaration has a documentation comment`() throws {
        for file in try Self.files(in: "Sources") {
            for (index, line) in file.lines.enumerated() {
                let text = line.drop { $0 == " " }
                guard Self.needsComment(text) else { continue }
                guard !Self.hasComment(file.lines, above: index) else { continue }
                Issue.record("\(file.path):\(index + 1): \(text.prefix(60)) has no comment.")
            }
        }
    }

    @Test func `nothing is left for later and nothing is forced`() throws {
        let forbidden = ["TODO", "FIXME", "try!", "as!", "fatalError(", "/*"]
        for file in try Self.files(in: "Sources") {
            for (index, line) in file.lines.enumerated() {
                let text = line.drop { $0 == " " }
                guard !text.hasPrefix("//") else { continue }
                for word in forbidden where Self.codePart(of: text).contains(word) {
                    Issue.record("\(file.path):\(index + 1) holds \(word).")
                }
            }
        }
    }

    @Test func `no file is called after nothing`() throws {
        let forbidden = ["Util", "Helper", "Common", "Manager", "Types.swift"]
        for file in try Self.files(in: "Sources") {
            let name = file.path.split(separator: "/").last ?? ""
            for word in forbidden {
                #expect(!name.contains(word), "\(file.path) is named after nothing.")
            }
        }
    }

    @Test func `imports point one way`() throws {
        let stages = ["WirecopyFetch", "WirecopyParse", "WirecopyEntities", "WirecopyStorage"]
        let runtime = ["ZeroMQ", "WirecopyWorker", "WirecopyClient", "WirecopyBroker"]
        for stage in stages {
            for file in try Self.files(in: "Sources/\(stage)") {
                for name in runtime + stages where name != stage {
                    let doesImport = Self.imports(file, name)
                    #expect(!doesImport, "\(file.path) imports \(name).")
                }
            }
        }
        for file in try Self.files(in: "Sources/WirecopyStories") {
            for name in runtime + stages {
                #expect(!Self.imports(file, name), "\(file.path) imports \(name).")
            }
        }
        for target in [
            "ZeroMQ", "Curl", "Gzip", "Digests", "WebArchive", "HTMLDocument", "HTTPServer",
            "WHATWGURL", "PageIdentity", "RobotsFile", "MarkupReader", "Feeds", "Sitemaps",
            "SharedSQLite", "DiskAccess",
        ] {
            for file in try Self.files(in: "Sources/\(target)") {
                let newsWord = file.lines.contains { $0.contains("import Wirecopy") }
                #expect(!newsWord, "\(file.path) knows of news.")
            }
        }
    }

    @Test func `the broker's core knows no socket, thread, clock or log`() throws {
        for file in try Self.files(in: "Sources/WirecopyBroker/Core") {
            for line in file.lines where line.split(separator: " ").contains("import") {
                let isAllowed = ["WirecopyMessages", "WirecopyQueue", "WirecopyMetrics"]
                    .contains { line.hasSuffix(" " + $0) }
                #expect(isAllowed, "\(file.path) holds \(line).")
            }
            for word in ["WorkThread", "Clock", ".now()", "SystemRandomNumberGenerator"] {
                let uses = file.lines.contains { $0.contains(word) }
                #expect(!uses, "\(file.path) uses \(word).")
            }
        }
    }

    @Test(arguments: [
        ("CZeroMQ", "ZeroMQ"), ("CPostgreSQL", "PostgreSQL"), ("CCurl", "Curl"), ("CZlib", "Gzip"),
        ("CDeflate", "Gzip"),
        ("CCrypto", "Digests"),
    ])
    func `each C library is imported by one target`(_ library: String, _ owner: String) throws {
        for file in try Self.files(in: "Sources") where Self.imports(file, library) {
            #expect(file.path.hasPrefix("Sources/\(owner)/"), "\(file.path) imports \(library).")
        }
    }

    @Test func `the web server's framework is imported by one program`() throws {
        for file in try Self.files(in: "Sources") {
            for module in ["Hummingbird", "HummingbirdCore", "HTTPTypes", "NIOCore"]
            where Self.imports(file, module) {
                let isServer = file.path == "Sources/wirecopy-web/WebServer.swift"
                #expect(isServer, "\(file.path) imports \(module).")
            }
        }
    }

    private static func imports(_ file: SourceFile, _ module: String) -> Bool {
        file.lines.contains { line in
            let words = line.split(separator: " ")
            return words.contains("import") && words.last == Substring(module)
        }
    }

    private static func opensFunction(_ text: Substring) -> Bool {
        let words = text.split(separator: " ").prefix(6)
        let isFunction = words.contains { $0 == "func" || $0.hasPrefix("init(") || $0 == "init" }
        return isFunction && !text.hasPrefix("//") && !text.hasSuffix("}")
    }

    private static func needsComment(_ text: Substring) -> Bool {
        guard text.hasPrefix("package "), !text.hasPrefix("package import") else { return false }
        // What a protocol documents needs no second comment where it is conformed to.
        let inherited = [
            "static let kind", "init(from reader:", "func write(to writer:", "static func <",
            "static func ==", "var description", "func hash(", "func next()", "var metadata",
            "var logLevel", "subscript(metadataKey", "func log(event", "init()", "func validate()",
            "func process(", "typealias ", "nonisolated let loop",
            "nonisolated var unownedExecutor", "func enqueue(", "func asUnowned",
            "func checkIsolated", "func isIsolating", "func state()", "func commit(",
            "func openEntries(", "func message(at", "let name", "let version", "var name",
            "var version",
        ]
        let declaration = text.dropFirst("package ".count)
        return !inherited.contains { declaration.hasPrefix($0) }
    }

    private static func hasComment(_ lines: [Substring], above index: Int) -> Bool {
        var line = index - 1
        while line >= 0 {
            let text = lines[line].drop { $0 == " " }
            if text.hasPrefix("///") { return true }
            guard text.hasPrefix("@") || text.hasSuffix(")") && text.contains("@") else {
                return false
            }
            line -= 1
        }
        return false
    }

    private static func codePart(of line: Substring) -> Substring {
        // Words inside string literals and after `//` are not code.
        let quoted = line.split(separator: "\"", omittingEmptySubsequences: false)
        let code = quoted.indices.filter { $0 % 2 == 0 }.map { quoted[$0] }.joined(separator: " ")
        return Substring(code.split(separator: "//", maxSplits: 1).first ?? "")
    }
}
