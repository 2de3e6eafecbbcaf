import Foundation
import Testing

@testable import WirecopyMessages

/// Holds the Swift types and the contract's examples together.
struct ExampleTests {
    private static let types: [(String, any JSONRepresentable.Type)] = [
        ("envelope.v1", Envelope.self),
        ("fetch-request.v1", FetchRequest.self),
        ("fetched-page.v1", FetchedPage.self),
        ("parsed-article.v1", ParsedArticle.self),
        ("annotated-article.v1", AnnotatedArticle.self),
        ("outcome.v1", Outcome.self),
        ("worker-status.v1", WorkerStatus.self),
    ]

    @Test(arguments: types.indices)
    func `a valid example is read and written again byte for byte`(_ index: Int) throws {
        let (prefix, type) = Self.types[index]
        let examples = try ContractFolder.examples(prefix)
        #expect(!examples.isEmpty, "There is no example for \(prefix).")
        for example in examples {
            let value = try type.init(json: example.json)
            let written = String(decoding: value.json, as: UTF8.self)
            #expect(written == String(decoding: example.json, as: UTF8.self), "\(example.name)")
        }
    }

    @Test(arguments: types.indices)
    func `an invalid example is refused`(_ index: Int) throws {
        let (prefix, type) = Self.types[index]
        // A schema is stricter than a reader about values that do no harm.
        let harmless = [
            "fetched-page.v1.digest-short", "worker-status.v1.negative",
            "outcome.v1.rejected-without-reason",
        ]
        for example in try ContractFolder.examples(prefix, in: "examples/invalid")
        where !harmless.contains(example.name) {
            #expect(throws: JSONFailure.self, "\(example.name)") {
                try type.init(json: example.json)
            }
        }
    }

    @Test func `a command's header is read and written again byte for byte`() throws {
        for example in try ContractFolder.examples("commands.v1.") {
            let verb = String(example.name.dropFirst("commands.v1.".count))
            let frames = [Array(verb.utf8), example.json]
            let again =
                Self.brokerVerbs.contains(verb)
                ? try BrokerReply(frames: frames).frames
                : try QueueCommand(frames: frames).frames
            #expect(again == frames, "\(example.name)")
        }
    }

    @Test func `an invalid header is refused`() throws {
        for example in try ContractFolder.examples("commands.v1.", in: "examples/invalid") {
            let verb = example.name.split(separator: ".")[2]
            #expect(throws: FrameFailure.self, "\(example.name)") {
                try QueueCommand(frames: [Array(verb.utf8), example.json])
            }
        }
    }

    @Test func `the schemas name exactly the words that the code knows`() throws {
        let outcome = try ContractFolder.text("outcome.v1.schema.json")
        for code in ErrorCode.allCases { #expect(outcome.contains("\"\(code.rawValue)\"")) }
        let commands = try ContractFolder.text("commands.v1.schema.json")
        for code in RefusalCode.allCases { #expect(commands.contains("\"\(code.rawValue)\"")) }
        let parsed = try ContractFolder.text("parsed-article.v1.schema.json")
        for kind in ParagraphKind.allCases { #expect(parsed.contains("\"\(kind.rawValue)\"")) }
        for label in BoilerplateLabel.allCases {
            #expect(parsed.contains("\"\(label.rawValue)\""))
        }
        for flag in PageFlag.Kind.allCases { #expect(parsed.contains("\"\(flag.rawValue)\"")) }
        let annotated = try ContractFolder.text("annotated-article.v1.schema.json")
        for type in EntityType.allCases { #expect(annotated.contains("\"\(type.rawValue)\"")) }
        for kind in StatedValue.Kind.allCases {
            #expect(annotated.contains("\"\(kind.rawValue)\""))
        }
        for word in StatedAmount.Approximation.allCases {
            #expect(annotated.contains("\"\(word.rawValue)\""))
        }
        for precision in StatedDate.Precision.allCases {
            #expect(annotated.contains("\"\(precision.rawValue)\""))
        }
        for evidence in MentionEvidence.allCases {
            #expect(annotated.contains("\"\(evidence.rawValue)\""))
        }
        let protocolText = try ContractFolder.text("wire-protocol.md")
        for kind in MessageKind.allCases { #expect(protocolText.contains(kind.rawValue)) }
    }

    @Test func `every reason stands in the guide`() throws {
        let guide = ContractFolder.url.appending(path: "../docs/guides/errors.md")
        let text = try String(contentsOf: guide, encoding: .utf8)
        for code in ErrorCode.allCases { #expect(text.contains("| `\(code.rawValue)` |")) }
    }

    private static let brokerVerbs = [
        "WELCOME", "REFUSE", "CONFIRM", "SETTLED", "EXTENDED", "PONG",
    ]
}
