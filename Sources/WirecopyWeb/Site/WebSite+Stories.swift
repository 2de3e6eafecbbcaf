extension WebSite {
    /// All stories, newest first.
    func stories(_ request: WebRequest) async throws(WebFailure) -> Document {
        StoriesPage().document
    }

    /// One story.
    func story(_ number: Int, _ request: WebRequest) async throws(WebFailure) -> Document {
        throw WebFailure(.notFound, "There is no story \(number).")
    }
}
