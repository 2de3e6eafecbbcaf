import WirecopyMessages

/// What a message says of its page beside text, fields and annotations, as a version keeps it.
struct StoredPage: JSONRepresentable, Equatable {
    var finalURL: String
    var fingerprint: String?
    var readingTimeSeconds: Int?
    var source: String?
    /// The address that was asked for, when it is not the final one.
    var url: String?
    var wordCount: Int?

    /// Takes it from an article.
    init(_ article: ParsedArticle) {
        finalURL = article.finalURL
        fingerprint = article.fingerprint?.hex
        readingTimeSeconds = article.readingTimeSeconds
        source = article.source
        url = article.url == article.finalURL ? nil : article.url
        wordCount = article.wordCount
    }

    init(from reader: inout JSONReader) throws(JSONFailure) {
        finalURL = ""
        try reader.object { (key, reader) throws(JSONFailure) in
            switch key {
            case "final_url": finalURL = try reader.string()
            case "fingerprint": fingerprint = try reader.string()
            case "reading_time_seconds": readingTimeSeconds = try reader.integer()
            case "source": source = try reader.string()
            case "url": url = try reader.string()
            case "word_count": wordCount = try reader.integer()
            default: try reader.skip()
            }
        }
    }

    func write(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.field("final_url", finalURL)
            writer.field("fingerprint", fingerprint)
            writer.field("reading_time_seconds", readingTimeSeconds)
            writer.field("source", source)
            writer.field("url", url)
            writer.field("word_count", wordCount)
        }
    }
}
