import WirecopyMessages

@testable import WirecopyEntities

/// A text with what the extractor found in it, as strings that a test can compare.
struct ReadText {
    let text: String
    let annotation: Annotation

    init(_ text: String, published: String? = nil) throws {
        self.text = text
        annotation = try Annotator.shipped().annotate(
            Array(text.utf8),
            published: published.flatMap { CalendarDay($0) }
        )
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

    /// Words and value of each date: `on Friday: 2024-05-31 day`.
    var dates: [String] {
        annotation.values.compactMap { value in
            guard case .date(let date) = value.content else { return nil }
            let end = date.end.map { "..\($0)" } ?? ""
            let words = string(value.range)
            return "\(words): \(date.date ?? "?")\(end) \(date.precision.rawValue)"
        }
    }

    /// Words of each sum and quantity with its parts: `44 of the 64: 44 of 64 drones`.
    var amounts: [String] {
        annotation.values.compactMap { value in
            guard let amount = value.amount else { return nil }
            var parts: [String] = []
            switch amount.number {
            case .exact(let number): parts.append(number)
            case .range(let from, let to): parts.append("\(from)..\(to ?? "")")
            }
            if let total = amount.total { parts.append("of \(total)") }
            if case .money(_, let currency) = value.content { parts.append(currency ?? "money") }
            if let unit = amount.unit { parts.append(unit) }
            if let subject = amount.subject { parts.append("[\(subject)]") }
            if let predicate = amount.predicate { parts.append("(\(predicate))") }
            if let approximation = amount.approximation { parts.append(approximation.rawValue) }
            return "\(string(value.range)): \(parts.joined(separator: " "))"
        }
    }

    func string(_ range: TextRange) -> String {
        String(decoding: Array(text.utf8)[range.start..<range.end], as: UTF8.self)
    }
}
