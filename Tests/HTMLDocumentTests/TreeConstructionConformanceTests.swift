import Foundation
import Testing

@testable import HTMLDocument

@Suite(ConformanceData.required)
struct TreeConstructionConformanceTests {
    @Test
    func `trees are those of the html5lib cases without scripting`() throws {
        var tally = ConformanceTally()
        for file in try ConformanceData.files(in: "tree-construction", extension: "dat") {
            let content = String(decoding: try Data(contentsOf: file), as: UTF8.self)
            for (index, testCase) in TreeCase.cases(in: content).enumerated() {
                guard !testCase.needsScripting else {
                    tally.leaveOut()
                    continue
                }
                let tree = testCase.parsedTree()
                tally.record(
                    tree == testCase.tree,
                    """
                    \(file.lastPathComponent) #\(index): \(testCase.page)
                    expected
                    \(testCase.tree)
                    got
                    \(tree)

                    """
                )
            }
        }
        tally.report("Tree construction")
        #expect(tally.failures.isEmpty)
    }
}

/// One case of a `.dat` file.
private struct TreeCase {
    var page = ""
    var tree = ""
    var context: String?
    var needsScripting = false

    static func cases(in content: String) -> [TreeCase] {
        ("\n\n" + content).components(separatedBy: "\n\n#data\n").dropFirst().map(TreeCase.init)
    }

    private init(_ text: String) {
        var section = "#data"
        var lines: [String: [String]] = [:]
        for line in text.components(separatedBy: "\n") {
            if section != "#document", Self.sections.contains(line) {
                section = line
                lines[section] = []
            } else {
                lines[section, default: []].append(line)
            }
        }
        page = lines["#data", default: []].joined(separator: "\n")
        context = lines["#document-fragment"]?.first
        needsScripting = lines["#script-on"] != nil
        tree = lines["#document", default: []].joined(separator: "\n")
        while tree.hasSuffix("\n") {
            tree.removeLast()
        }
    }

    private static let sections: Set = [
        "#errors", "#new-errors", "#document-fragment", "#script-off", "#script-on", "#document",
    ]

    func parsedTree() -> String {
        let bytes = Array(page.utf8)
        guard let context else {
            let document = HTMLDocument(parsing: bytes, encoding: .utf8)
            return TreeDump.dump(document, below: document.root)
        }
        let words = context.split(separator: " ").map(String.init)
        let namespace: Namespace =
            switch words.first {
            case "svg" where words.count > 1: .svg
            case "math" where words.count > 1: .mathML
            default: .html
            }
        let element = FragmentContext(name: words.last ?? "", namespace: namespace)
        let parsed = PageParser(limits: .default).parseFragment(bytes, context: element)
        let document = HTMLDocument(parsed)
        return TreeDump.dump(document, below: document.documentElement ?? document.root)
    }
}
