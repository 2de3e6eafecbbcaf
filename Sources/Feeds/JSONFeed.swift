import Foundation
import WHATWGURL

/// Reads JSON Feed 1.0 and 1.1 (jsonfeed.org).
enum JSONFeed {
    /// The feed in a document in UTF-8; `nil` when it holds none.
    static func feed(_ text: [UInt8], in context: FeedContext) -> Feed? {
        guard let object = try? JSONSerialization.jsonObject(with: Data(text)),
            let fields = object as? [String: Any],
            let version = fields["version"] as? String, version.contains("jsonfeed.org/version/1")
        else { return nil }
        var context = context
        context.format = .json1
        context.language =
            FeedContext.languageTag(fields["language"] as? String) ?? context.language
        var feed = Feed(format: .json1, head: head(fields, in: context))
        let items = (fields["items"] as? [Any]) ?? []
        feed.isCut = items.count > Feed.entriesMax
        feed.entries = items.prefix(Feed.entriesMax).compactMap { $0 as? [String: Any] }
            .map { entry($0, in: context) }
        return feed
    }

    private static func head(_ fields: [String: Any], in context: FeedContext) -> FeedHead {
        var head = FeedHead()
        head.title = text(fields["title"], .plain, in: context)
        head.subtitle = text(fields["description"], .plain, in: context)
        head.note = text(fields["user_comment"], .plain, in: context)
        head.link = context.address(fields["home_page_url"] as? String)
        head.id = fields["feed_url"] as? String
        head.language = context.language
        head.image = context.address((fields["icon"] ?? fields["favicon"]) as? String)
        head.authors = people(fields, in: context)
        for (key, relation) in [("feed_url", "self"), ("next_url", "next")] {
            guard let address = context.address(fields[key] as? String) else { continue }
            head.links.appendPart(FeedLink(address: address, relation: relation))
        }
        for hub in (fields["hubs"] as? [Any]) ?? [] {
            let address = context.address((hub as? [String: Any])?["url"] as? String)
            head.links.appendPart(address.map { FeedLink(address: $0, relation: "hub") })
        }
        return head
    }

    private static func entry(_ fields: [String: Any], in context: FeedContext) -> FeedEntry {
        var context = context
        context.language =
            FeedContext.languageTag(fields["language"] as? String) ?? context.language
        var entry = FeedEntry()
        entry.id = identifier(fields["id"])
        // What an item is about may lie elsewhere; its own page is the article.
        entry.link = context.address(
            (fields["url"] as? String) ?? (fields["external_url"] as? String)
        )
        entry.title = text(fields["title"], .plain, in: context)
        entry.summary = text(fields["summary"], .plain, in: context)
        entry.contents.appendPart(text(fields["content_html"], .html, in: context))
        entry.contents.appendPart(text(fields["content_text"], .plain, in: context))
        entry.published = (fields["date_published"] as? String).flatMap(FeedDate.init)
        entry.updated = (fields["date_modified"] as? String).flatMap(FeedDate.init)
        entry.authors = people(fields, in: context)
        entry.language = context.language
        for tag in (fields["tags"] as? [Any]) ?? [] {
            entry.categories.appendPart((tag as? String).map { FeedCategory(term: $0) })
        }
        for image in [fields["image"], fields["banner_image"]] {
            entry.thumbnails.appendPart((image as? String).flatMap(context.address))
        }
        for attachment in (fields["attachments"] as? [Any]) ?? [] {
            entry.enclosures.appendPart(
                (attachment as? [String: Any]).flatMap { enclosure($0, in: context) }
            )
        }
        return entry
    }

    /// Identifiers are texts; some feeds give numbers.
    private static func identifier(_ value: Any?) -> String? {
        (value as? String) ?? (value as? NSNumber).map { "\($0)" }
    }

    private static func enclosure(
        _ fields: [String: Any],
        in context: FeedContext
    ) -> FeedEnclosure? {
        guard let address = context.address(fields["url"] as? String) else { return nil }
        return FeedEnclosure(
            address: address,
            type: fields["mime_type"] as? String,
            length: (fields["size_in_bytes"] as? NSNumber).map { "\($0)" }
        )
    }

    /// `authors` of 1.1, or `author` of 1.0.
    private static func people(_ fields: [String: Any], in context: FeedContext) -> [FeedPerson] {
        let values = (fields["authors"] as? [Any]) ?? fields["author"].map { [$0] } ?? []
        return values.prefix(Feed.partsMax).compactMap { value in
            guard let person = value as? [String: Any] else { return nil }
            let found = FeedPerson(
                name: person["name"] as? String,
                address: context.address(person["url"] as? String)
            )
            return found.isEmpty ? nil : found
        }
    }

    private static func text(
        _ value: Any?,
        _ kind: FeedText.Kind,
        in context: FeedContext
    ) -> FeedText? {
        guard let value = (value as? String)?.feedTrimmed, !value.isEmpty else { return nil }
        return FeedText(
            value: value,
            kind: kind,
            language: context.language,
            base: context.base?.href
        )
    }
}
