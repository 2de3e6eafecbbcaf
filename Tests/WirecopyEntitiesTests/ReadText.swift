import WirecopyMessages

@testable import WirecopyEntities

/// A text with what the extractor found in it, as strings that a test can compare.
struct ReadText {
    let text: String
    let annotation: Annotation

    init(_ text: String) throws {
        self.text = text
        annotation = try Annotator.shipped().annotate(Array(text.utf8))
    }

    /// The words of each mention with its type: `Ada Quill/PER`.
    var mentions: [String] {
        annotation.mentions.map { "\(string($0.range))/\($0.type.rawValue)" }
    }

    /// The name of the entity that each mention refers to.
    var entityNames: [String] {
        annotation.mentions.map { annotation.entities[$0.entity].name }
    }

    /// Kind, speaker and words of each quotation: `direct Ada Quill: "No."`.
    var quotations: [String] {
        annotation.quotations.map {
            "\($0.kind.rawValue) \($0.speaker?.name ?? "-"): \(string($0.range))"
        }
    }

    func string(_ range: TextRange) -> String {
        String(decoding: Array(text.utf8)[range.start..<range.end], as: UTF8.self)
    }
}
