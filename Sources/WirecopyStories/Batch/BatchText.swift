package import WirecopyMessages

/// One line of a set of texts with or without known stories, for training and judging.
///
/// `{"id", "text", "title"?, "published"?, "story"?, "topic"?, "episode"?}`; paragraphs of the text
/// are separated by empty lines.
package struct BatchText: Sendable, JSONRepresentable {
    /// Which text.
    package let id: String
    /// The headline; empty when there is none.
    package let title: String
    /// The main text.
    package let text: String
    /// When it was published: `2024-05-29`, perhaps with a time.
    package let published: String?
    /// The story that readers gave it.
    package let story: String?
    /// The kind of event, which look-alikes share.
    package let topic: String?
    /// The development within the story, from 1.
    package let episode: Int?

    /// Makes a text.
    package init(id: String, title: String, text: String, published: String?, story: String?) {
        self.id = id
        self.title = title
        self.text = text
        self.published = published
        self.story = story
        topic = nil
        episode = nil
    }

    package init(from reader: inout JSONReader) throws(JSONFailure) {
        var id: String?
        var text: String?
        var title = ""
        var published: String?
        var story: String?
        var topic: String?
        var episode: Int?
        try reader.object { (key, reader) throws(JSONFailure) in
            switch key {
            case "id": id = try reader.string()
            case "text": text = try reader.string()
            case "title": title = try reader.string()
            case "published", "date": published = try reader.string()
            case "story": story = try reader.string()
            case "topic": topic = try reader.string()
            case "episode": episode = try reader.integer()
            default: try reader.skip()
            }
        }
        self.id = try reader.required(id, "id")
        self.text = try reader.required(text, "text")
        self.title = title
        self.published = published.flatMap { $0.isEmpty ? nil : $0 }
        self.story = story
        self.topic = topic
        self.episode = episode
    }

    package func write(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.field("episode", episode)
            writer.field("id", id)
            writer.field("published", published)
            writer.field("story", story)
            writer.field("text", text)
            writer.field("title", title)
            writer.field("topic", topic)
        }
    }

    /// The text as the parser would hand it on.
    package var parsed: ParsedArticle {
        let page = FetchedPage(
            url: "wirecopy:text/\(id)",
            origin: "batch",
            fetchedAt: Instant(milliseconds: 0),
            bodyBytes: text.utf8.count,
            bodyDigest: ""
        )
        let paragraphs = text.split(separator: "\n\n").enumerated().map { index, paragraph in
            Paragraph(index == 0 ? .lede : .body, String(paragraph))
        }
        var article = ParsedArticle(page: page, encoding: "utf-8", paragraphs: paragraphs)
        if !title.isEmpty { article.title = Evidenced(title, source: "hint", confidence: 1) }
        if let published {
            let precision: DatePrecision = published.utf8.count > 10 ? .second : .day
            let date = Evidenced(published, source: "hint", confidence: 1)
            article.published = PublicationDate(date, precision: precision)
        }
        return article
    }
}
