import ArgumentParser
import WirecopyProgram
import WirecopyStorage
import WirecopyWeb

/// `wirecopy why URL [FIELD]`: the evidence behind what the store has of a page.
struct WhyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "why",
        abstract: "Show why an article is what it is: evidence of its fields, what was left out.",
        discussion: """
            FIELD is one of title, subtitle, authors, syndication, published, modified, language,
            site_name, section, tags, access, canonical_url, lead_image, lead_image_caption,
            lead_image_credit and usage; without one, the whole page is shown. Or it is story: why
            the article is in its story.
            wirecopy parse FILE --explain shows the same of a page that is not stored.
            """
    )

    @Argument(help: "Identifier of the article, the beginning of one, a URL, or a file.")
    var article: String

    @Argument(help: "Show only this field.")
    var field: String?

    @OptionGroup var explaining: ExplainOptions
    @OptionGroup var options: StoreOptions

    /// The field that is none of the page's.
    private static let story = "story"

    func validate() throws {
        let names = Explanation.names.map(\.key)
        if let field, field != Self.story, !names.contains(field) {
            let list = (names + [Self.story]).joined(separator: ", ")
            throw ValidationError("\(field) is no field; the fields are \(list).")
        }
    }

    func run() async throws {
        let reference = PageAddress.reference(article)
        if field == Self.story { return try await showPlace(reference) }
        let found = try await options.read { (store) throws(StorageFailure) in
            try await store.article(reference)
        }
        guard let found else { throw missing }
        let explanation = Explanation(found)
        try explaining.show(field.map(explanation.only) ?? explanation)
    }

    private func showPlace(_ reference: String) async throws {
        let place = try await options.read { (store) throws(StorageFailure) in
            try await store.storyPlace(of: reference)
        }
        guard let place else { throw missing }
        PlaceLines.lines(of: place).forEach(Terminal.print)
    }

    private var missing: ProgramFailure {
        ProgramFailure(
            .noInput,
            "The store has no article \(article). Type wirecopy search WORDS to find one."
        )
    }
}
