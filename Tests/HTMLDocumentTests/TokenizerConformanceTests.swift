import Foundation
import Testing

@testable import HTMLDocument

@Suite(ConformanceData.required)
struct TokenizerConformanceTests {
    @Test
    func `tokens are those of the html5lib cases`() throws {
        var tally = ConformanceTally()
        for file in try ConformanceData.files(in: "tokenizer", extension: "test") {
            let json = try JSONSerialization.jsonObject(with: Data(contentsOf: file))
            let suites = try #require(json as? [String: [[String: Any]]])
            for (name, cases) in suites {
                for testCase in cases {
                    let isXML = name == "xmlViolationTests"
                    check(testCase, isXML: isXML, file.lastPathComponent, &tally)
                }
            }
        }
        tally.report("Tokenizer")
        #expect(tally.failures.isEmpty)
    }

    private func check(
        _ testCase: [String: Any],
        isXML: Bool,
        _ file: String,
        _ tally: inout ConformanceTally
    ) {
        let isEscaped = testCase["doubleEscaped"] as? Bool ?? false
        let input = unescaped(testCase["input"] as? String ?? "", isEscaped)
        let expected = (testCase["output"] as? [[Any]] ?? []).map { token in
            token.map { describe($0, isEscaped) }.joined(separator: " ")
        }
        let states = testCase["initialStates"] as? [String] ?? ["Data state"]
        var failure: String?
        for state in states {
            var run = TokenRun(input)
            run.start(in: state, lastStartTag: testCase["lastStartTag"] as? String)
            let tokens = run.tokens(coercedToXML: isXML)
            if tokens != expected {
                failure = "\(file), \(state): \(input)\nexpected \(expected)\ngot      \(tokens)\n"
            }
        }
        tally.record(failure == nil, failure ?? "")
    }

    /// One form for what the case expects and what the tokenizer gives.
    private func describe(_ part: Any, _ isEscaped: Bool) -> String {
        switch part {
        case let text as String:
            return "<\(unescaped(text, isEscaped))>"
        case let attributes as [String: String]:
            return TokenRun.describe(
                attributes.map { (unescaped($0, isEscaped), unescaped($1, isEscaped)) }
            )
        case let flag as Bool:
            return flag ? "true" : "false"
        default:
            return "nil"
        }
    }

    /// Resolves `\uHHHH`; lone surrogates become U+FFFD, as decoding makes of them.
    private func unescaped(_ text: String, _ isEscaped: Bool) -> String {
        guard isEscaped else { return text }
        let parts = text.components(separatedBy: "\\u")
        var units = Array(parts[0].utf16)
        for part in parts.dropFirst() {
            units.append(UInt16(part.prefix(4), radix: 16) ?? 0xFFFD)
            units += Array(part.dropFirst(4).utf16)
        }
        return String(decoding: units, as: UTF16.self)
    }
}

/// The tokens of one text, described like those of the test data.
private struct TokenRun {
    private var tokenizer: Tokenizer

    init(_ input: String) {
        let text = TextDecoder.normalizingLineBreaks(Array(input.utf8))
        tokenizer = Tokenizer(input: text, limits: .default)
    }

    mutating func start(in state: String, lastStartTag: String?) {
        tokenizer.contentModel =
            switch state {
            case "PLAINTEXT state": .plainText
            case "RCDATA state": .rcdata
            case "RAWTEXT state": .rawText
            case "Script data state": .scriptData
            case "CDATA section state": .cdata
            default: .data
            }
        if let lastStartTag {
            let bytes = Array(lastStartTag.utf8)
            let tag = TagTable.shared.tag(named: bytes[...], hash: NameHash.of(bytes))
            tokenizer.lastStartTag =
                tag == .other ? tokenizer.customNames.name(for: bytes) : ElementName(tag)
        }
    }

    mutating func tokens(coercedToXML: Bool) -> [String] {
        var tokens: [String] = []
        var characters = ""
        while true {
            let token = tokenizer.next()
            switch token {
            case .characters(let range):
                characters += text(range)
                continue
            case .nullCharacter:
                characters += "\u{0}"
                continue
            default:
                break
            }
            if !characters.isEmpty {
                tokens.append("<Character> <\(coercedToXML ? xmlText(characters) : characters)>")
                characters = ""
            }
            guard let described = describe(token, coercedToXML) else { return tokens }
            tokens.append(described)
        }
    }

    private func describe(_ token: Token, _ coercedToXML: Bool) -> String? {
        switch token {
        case .startTag(let tag):
            let attributes = tokenizer.attributes[
                Int(tag.attributes.start)..<Int(tag.attributes.end)
            ]
            let pairs = attributes.map { (text($0.name), text($0.value)) }
            let flag = tag.isSelfClosing ? " true" : ""
            return "<StartTag> <\(name(tag))> \(Self.describe(pairs))\(flag)"
        case .endTag(let tag):
            return "<EndTag> <\(name(tag))>"
        case .comment(let range):
            let comment = text(range)
            return "<Comment> <\(coercedToXML ? xmlComment(comment) : comment)>"
        case .doctype:
            let doctype = tokenizer.doctype
            let parts = [doctype.name, doctype.publicID, doctype.systemID].map { part in
                part.map { "<\(String(decoding: $0, as: UTF8.self))>" } ?? "nil"
            }
            return "<DOCTYPE> \(parts.joined(separator: " ")) \(!doctype.forcesQuirks)"
        case .characters, .nullCharacter, .endOfFile:
            return nil
        }
    }

    static func describe(_ attributes: [(String, String)]) -> String {
        "{" + attributes.map { "\($0)=<\($1)>" }.sorted().joined(separator: " ") + "}"
    }

    private func text(_ range: TextRange) -> String { tokenizer.text.string(range) }

    private func name(_ tag: TagToken) -> String {
        String(decoding: tokenizer.customNames.bytes(of: tag.name), as: UTF8.self)
    }

    /// The tweaks that the cases for XML expect of an implementation that feeds XML tools; ours
    /// does not, so they are made here.
    private func xmlText(_ text: String) -> String {
        text.replacing("\u{FFFF}", with: "\u{FFFD}").replacing("\u{C}", with: " ")
    }

    private func xmlComment(_ text: String) -> String { text.replacing("--", with: "- -") }
}
