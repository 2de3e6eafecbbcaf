import MarkupReader
import WHATWGURL

/// What holds at a place in a feed.
struct FeedContext: Sendable {
    /// What addresses are relative to.
    var base: WebURL?
    /// BCP 47 as far as it goes.
    var language: String?
    var format = FeedFormat.rss
    var rootNamespace = ""

    init(base: WebURL?, language: String?) {
        self.base = base
        self.language = language
    }

    /// What holds inside of an element.
    func entering(_ element: MarkupElement) -> FeedContext {
        var context = self
        if let base = element.xmlAttribute("base") {
            context.base = WebURL(base, base: self.base) ?? self.base
        }
        if let language = element.xmlAttribute("lang") {
            context.language = Self.languageTag(language)
        }
        return context
    }

    func vocabulary(of element: MarkupElement) -> FeedVocabulary {
        FeedVocabulary(element, rootNamespace: rootNamespace)
    }

    /// An address made absolute; as it is where that cannot be done, `nil` for nothing.
    func address(_ text: String?) -> String? {
        guard let text = text?.feedTrimmed, !text.isEmpty || base != nil else { return nil }
        guard let url = WebURL(text, base: base) else { return text.isEmpty ? nil : text }
        // An address that is absolute already stays as it was written.
        return WebURL(text) == nil ? url.href : text
    }

    /// A tag of a language with hyphens; `nil` for nothing.
    static func languageTag(_ text: String?) -> String? {
        let tag = text.map { $0.feedTrimmed.replacing("_", with: "-") } ?? ""
        return tag.isEmpty ? nil : tag
    }
}
