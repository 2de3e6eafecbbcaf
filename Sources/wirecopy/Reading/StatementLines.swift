import WirecopyMessages
import WirecopyStorage

/// A statement in lines of a terminal.
enum StatementLines {
    /// Who said it and how, and below where it stands.
    static func lines(_ statement: QuotationReport.Statement) -> [String] {
        let speaker = statement.speakerEntity ?? statement.speaker ?? "?"
        let manner = [statement.cue, statement.occasion ?? statement.document]
            .compactMap(\.self).joined(separator: ", ")
        let cue = manner.isEmpty ? "" : " (\(manner))"
        let date = statement.published?.prefix(10) ?? "no date"
        return [
            "\(speaker)\(cue): \(statement.text)",
            "    \(statement.article)  \(date)  \(statement.title ?? statement.url)"
                + told(statement),
        ].map(Terminal.safe)
    }

    private static func told(_ statement: QuotationReport.Statement) -> String {
        guard let articles = statement.articles, articles > 1 else { return "" }
        let first = statement.firstMs.map { ", first \(Day.text(milliseconds: $0))" } ?? ""
        let origins = statement.origins ?? articles
        let copies = origins < articles ? ", \(Quantity.count(origins, "origin"))" : ""
        return "  (\(articles) articles\(copies)\(first))"
    }
}
