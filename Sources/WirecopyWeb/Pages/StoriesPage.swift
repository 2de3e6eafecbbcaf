/// Stories come with their tables; until a store has them, the page says so.
struct StoriesPage {
    /// The page.
    var document: Document {
        Document(
            title: "Stories",
            part: .stories,
            main: """
                <h1>Stories</h1>
                \(Parts.nothing("This store has no stories yet."))
                """
        )
    }
}
