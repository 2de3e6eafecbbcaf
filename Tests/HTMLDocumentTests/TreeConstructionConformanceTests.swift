import Foundation
import Testing

@testable import HTMLDocument

@Suite(ConformanceData.required)
struct TreeConstructionConformanceTests {
    @Test(arguments: [false, true])
    func `trees are those of the html5lib cases`(scripting: Bool) throws {
        var tally = ConformanceTally()
        for file in try ConformanceData.files(in: "tree-construction", extension: "dat") {
            let content = String(decoding: try Data(contentsOf: file), as: UTF8.self)
            for (index, testCase) in TreeCase.cases(in: content).enumerated() {
                guard testCase.scripting ?? scripting == scripting else {
                    tally.leaveOut()
                    continue
                }
                let tree = testCase.parsedTree(scripting: scripting)
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
        tally.report("Tree construction \(scripting ? "with" : "without") the scripting flag")
        #expect(tally.failures.isEmpty)
    }

    /// The folder `scripted` has cases whose tree is what a script makes of it while it runs
    /// (`document.write`, changed attributes). Wirecopy runs no scripts: of these four it gives the
    /// tree before the script.
    @Test
    func `the cases that need a script to run are four`() throws {
        let folder = "tree-construction/scripted"
        let cases = try ConformanceData.files(in: folder, extension: "dat").flatMap { file in
            TreeCase.cases(in: String(decoding: try Data(contentsOf: file), as: UTF8.self))
        }
        #expect(cases.count == 4)
        #expect(cases.allSatisfy { $0.scripting == true && $0.page.contains("<script>document.") })
    }
}

/// One case of a `.dat` file.
private struct TreeCase {
    var page = ""
    var tree = ""
    var context: String?
    /// The scripting flag that the case is for; nil for cases that are for both.
    var scripting: Bool?

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
        if lines["#script-on"] != nil { scripting = true }
        if lines["#script-off"] != nil { scripting = false }
        tree = lines["#document", default: []].joined(separator: "\n")
        while tree.hasSuffix("\n") {
            tree.removeLast()
        }
    }

    private static let sections: Set = [
        "#errors", "#new-errors", "#document-fragment", "#script-off", "#script-on", "#document",
    ]

    func parsedTree(scripting: Bool) -> String {
        let bytes = Array(page.utf8)
        var parser = PageParser(limits: .default)
        parser.isScriptingEnabled = scripting
        guard let context else {
            let document = HTMLDocument(parser.parse(bytes, transportEncoding: .utf8))
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
        let document = HTMLDocument(parser.parseFragment(bytes, context: element))
        return TreeDump.dump(document, below: document.documentElement ?? document.root)
    }
}
