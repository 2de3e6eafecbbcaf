package import WirecopyMessages

/// The candidates for the fields of one page with what their forests are asked; for training.
package struct FieldQuestions {
    /// A value that a page offers.
    package struct Question: Sendable {
        /// The value.
        package let value: String
        /// The places it stands on, most trusted first.
        package let places: [String]
        /// What the forest reads.
        package let row: [Float]
    }

    /// Of the headline.
    package let titles: [Question]
    /// Of authors.
    package let authors: [Question]
    /// Of the day of publication.
    package let dates: [Question]

    /// Reads a page of HTML; the models decide on the title and the text that authors and dates
    /// are looked for around.
    package init(html: [UInt8], url: String, readAt: Instant, _ models: ParseModels) {
        let source = PageSource(url: url, contentType: nil, body: html, fetchedAt: readAt)
        let page = HTMLPage(source, models.fields)
        let fields = page.fields
        let title = fields.title()?.value
        let heads = TitleCandidates(fields.context(text: ProseRegion.range(of: fields.blocks)))
        titles = Self.questions(heads.table, heads.rows()) {
            TitleCandidates.Place(rawValue: $0).map { "\($0)" }
        }
        let text = page.mainText(title: title, models.mainText).blocks
        let context = fields.context(text: text)
        let people = AuthorCandidates(context, title: title)
        authors = Self.questions(people.table, people.rows()) {
            AuthorCandidates.Place(rawValue: $0).map { "\($0)" }
        }
        let days = DateCandidates(context, title: title)
        dates = Self.questions(days.table, days.rows()) {
            DateCandidates.Place(rawValue: $0).map { "\($0)" }
        }
    }

    private static func questions(
        _ table: CandidateTable,
        _ rows: [[Float]],
        _ name: (Int) -> String?
    ) -> [Question] {
        zip(table.candidates, rows).map { candidate, row in
            let places = candidate.ranks.indices.filter { candidate.ranks[$0] > 0 }
            return Question(
                value: candidate.value,
                places: places.compactMap(name),
                row: row
            )
        }
    }
}
