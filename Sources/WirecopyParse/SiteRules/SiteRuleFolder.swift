import Foundation
import HTMLPath

/// Rules for sites, read once from a folder that the user names.
///
/// A file is called by the site's host: `news.example.txt` for it and `www.news.example`,
/// `.news.example.txt` for every host below it, `global.txt` for all sites.
package struct SiteRuleFolder: Sendable {
    /// What of the files has no effect, as sentences, at most `notesMax`; to be told once.
    package let notes: [String]
    private let rulesByHost: [String: SiteRules]

    /// Files that are read; the published collection has about 2,000.
    package static let filesMax = 20_000
    /// Notes that are kept.
    package static let notesMax = 100
    /// Bytes of a file; rules of one site have a few kilobytes.
    private static let fileBytesMax = 1 << 18

    /// Reads all files of a folder that end in `.txt`.
    ///
    /// - Throws: `dataInvalid` when the folder or one of its files cannot be read.
    package init(path: String) throws(ParseFailure) {
        let folder = URL(filePath: path, directoryHint: .isDirectory)
        var files: [(name: String, text: String)] = []
        do {
            let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
            for name in names.sorted().prefix(Self.filesMax) where name.hasSuffix(".txt") {
                let bytes = try Data(contentsOf: folder.appending(path: name))
                files.append(
                    (name, String(decoding: bytes.prefix(Self.fileBytesMax), as: UTF8.self))
                )
            }
        } catch {
            throw ParseFailure(
                .dataInvalid,
                "The folder of rules \(path) could not be read: \(error). Name another folder with "
                    + "site-rules, or none."
            )
        }
        self.init(files: files)
    }

    /// Takes files that are at hand, by name; nothing of a file is refused, see `notes`.
    package init(files: [(name: String, text: String)]) {
        var rules: [String: SiteRules] = [:]
        var faults: [String] = []
        var filesByDirective: [String: Int] = [:]
        for file in files {
            let read = SiteRuleFile(file.text, name: file.name)
            faults += read.faults
            for directive in read.unused { filesByDirective[directive, default: 0] += 1 }
            rules[Self.host(of: String(file.name.dropLast(4)))] = read.rules
        }
        rulesByHost = rules
        let unused = filesByDirective.sorted { $0.key < $1.key }.map { directive, count in
            "The directive \(directive) has no effect here; \(count) of \(files.count) files of "
                + "rules have it."
        }
        notes = Array((unused + faults).prefix(Self.notesMax))
    }

    /// The rules for the pages of a host; `nil` when there are none.
    func rules(for host: String) -> SiteRules? {
        let host = Self.host(of: host)
        let labels = host.split(separator: ".")
        let above = labels.indices.dropFirst().map { "." + labels[$0...].joined(separator: ".") }
        let own = ([host, "." + host] + above).lazy.compactMap { rulesByHost[$0] }.first
        let global = rulesByHost["global"]
        let rules = global.map { (own ?? SiteRules()).merged(with: $0) } ?? own
        return rules?.isEmpty == false ? rules : nil
    }

    private static func host(of name: String) -> String {
        let name = name.lowercased()
        return name.hasPrefix("www.") ? String(name.dropFirst(4)) : name
    }
}
