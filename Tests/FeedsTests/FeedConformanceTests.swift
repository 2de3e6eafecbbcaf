import ConformanceFolder
import Foundation
import HTMLDocument
import Testing
import WHATWGURL

@testable import Feeds

/// The cases of kurtmckee/feedparser.
private enum FeedCases {
    static let folder = ConformanceFolder.path("feeds")

    static var isPresent: Bool {
        FileManager.default.fileExists(atPath: folder.appending(path: "expect.jsonl").path)
    }

    /// Where the suite's own server has its documents.
    static let server = "http://127.0.0.1:8097/"

    /// Fields that are left out, by the end of their path, with the reason.
    static let leftOut: [(String, String)] = [
        ("['cloud']", "RSS's push protocol of 2001 has no servers left; WebSub's hubs are kept."),
        ("['textinput']", "A search box that no reader shows."),
        ("feed['docs']", "The address of RSS's own specification."),
        ("['validity_start']", "A programme's period; nothing to do with publication."),
        ("['validity_end']", "A programme's period; nothing to do with publication."),
        ("feed['image']['height']", "Of the picture only the address is kept."),
        ("feed['image']['width']", "Of the picture only the address is kept."),
        ("feed['image']['link']", "Of the picture only the address is kept."),
        ("['wfw_commentrss']", "A feed of readers' comments; comments are not collected."),
        ("['madeup_element']", "An element of no vocabulary."),
    ]
}

private struct FeedCase: Decodable {
    var file: String
    var path: String
    var equals: Value

    enum Value: Decodable {
        case text(String), number(Int), none

        init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            if container.decodeNil() {
                self = .none
            } else if let number = try? container.decode(Int.self) {
                self = .number(number)
            } else {
                self = .text(try container.decode(String.self))
            }
        }

        var text: String? {
            switch self {
            case .text(let text): text
            case .number(let number): String(number)
            case .none: nil
            }
        }
    }

    /// The path in parts: `entries[0]['content'][0]['value']` is entries, 0, content, 0, value.
    var parts: [String] {
        path.split { "[].'".contains($0) }.map(String.init)
    }

    func feed() throws -> Feed? {
        let bytes = Array(try Data(contentsOf: FeedCases.folder.appending(path: file)))
        let text = String(decoding: bytes, as: UTF8.self)
        let header = { (name: String) -> String? in
            text.firstRange(of: "\(name): ").map {
                text[$0.upperBound...].prefix { !$0.isNewline }.trimmingCharacters(in: .whitespaces)
            }
        }
        let isServed = file.contains("http_")
        let address = header("Content-Location") ?? (isServed ? FeedCases.server + file : nil)
        return Feed(
            bytes,
            base: address.flatMap { WebURL($0) },
            language: header("Content-Language")
        )
    }
}

/// What stands at a path of a feed, in the terms of the cases.
private struct FeedFields {
    let feed: Feed

    func value(_ parts: [String]) -> String? {
        switch parts.first {
        case "version": return feed.format.rawValue
        case "feed": return head(feed.head, Array(parts.dropFirst()))
        case "entries":
            guard let index = Int(parts[1]), feed.entries.indices.contains(index) else {
                return nil
            }
            return entry(feed.entries[index], Array(parts.dropFirst(2)))
        default: return nil
        }
    }

    private func head(_ head: FeedHead, _ parts: [String]) -> String? {
        let rest = Array(parts.dropFirst())
        switch parts[0] {
        case "title": return head.title?.markupOrText
        case "title_detail": return text(head.title, rest)
        case "subtitle", "tagline", "description": return head.subtitle?.markupOrText
        case "subtitle_detail", "tagline_detail": return text(head.subtitle, rest)
        case "info": return head.note?.markupOrText
        case "info_detail": return text(head.note, rest)
        case "rights", "copyright": return head.rights?.markupOrText
        case "rights_detail", "copyright_detail": return text(head.rights, rest)
        case "link": return head.link
        case "links": return link(head.links, rest)
        case "id", "guid": return head.id
        case "author": return head.authors.first?.text
        case "author_detail": return person(head.authors.first, rest)
        case "contributors": return person(head.contributors, rest)
        case "publisher": return head.publisher?.text
        case "publisher_detail": return person(head.publisher, rest)
        case "tags": return category(head.categories, rest)
        case "category": return head.categories.first?.term
        case "generator": return head.generator?.name
        case "generator_detail": return person(head.generator, rest)
        case "image", "logo": return head.image
        case "language": return head.language
        case "published": return head.published?.text
        case "updated": return head.updated?.text
        case "ttl": return head.lifeMinutes
        case "newlocation": return head.newAddress
        default: return nil
        }
    }

    private func entry(_ entry: FeedEntry, _ parts: [String]) -> String? {
        let rest = Array(parts.dropFirst())
        switch parts[0] {
        case "title": return entry.title?.markupOrText
        case "title_detail": return text(entry.title, rest)
        case "summary", "description":
            return (entry.summary ?? entry.contents.first)?.markupOrText
        case "summary_detail": return text(entry.summary, rest)
        case "content": return text(entry.contents[Int(rest[0]) ?? 0], Array(rest.dropFirst()))
        case "link": return entry.link
        case "links": return link(entry.links, rest)
        case "id", "guid": return entry.id
        case "author": return entry.authors.first?.text
        case "author_detail": return person(entry.authors.first, rest)
        case "contributors": return person(entry.contributors, rest)
        case "publisher_detail": return person(entry.publisher, rest)
        case "tags": return category(entry.categories, rest)
        case "category": return entry.categories.first?.term
        case "enclosures":
            let enclosure = entry.enclosures[Int(rest[0]) ?? 0]
            return ["length": enclosure.length, "type": enclosure.type, "href": enclosure.address][
                rest[1]
            ] ?? nil
        case "media_thumbnail": return entry.thumbnails.first
        case "comments": return entry.comments
        case "rights", "copyright": return entry.rights?.markupOrText
        case "license": return entry.license
        case "language": return entry.language
        case "published": return entry.published?.text
        case "updated": return entry.updated?.text
        case "created": return entry.created?.text
        case "expired": return entry.expires?.text
        case "source": return entry.source.flatMap { head($0, rest) }
        default: return nil
        }
    }

    private func text(_ text: FeedText?, _ parts: [String]) -> String? {
        switch parts.first {
        case "value": text?.markupOrText
        case "type": text?.kind.rawValue
        case "language": text?.language
        case "base": text?.base
        case "src": text?.source
        default: nil
        }
    }

    private func person(_ people: [FeedPerson], _ parts: [String]) -> String? {
        guard let index = Int(parts[0]), people.indices.contains(index) else { return nil }
        return person(people[index], Array(parts.dropFirst()))
    }

    private func person(_ person: FeedPerson?, _ parts: [String]) -> String? {
        switch parts.first {
        case "name": person?.name
        case "email": person?.email
        case "url", "href": person?.address
        default: nil
        }
    }

    private func link(_ links: [FeedLink], _ parts: [String]) -> String? {
        guard let index = Int(parts[0]), links.indices.contains(index) else { return nil }
        return switch parts[1] {
        case "href": links[index].address
        case "rel": links[index].relation
        case "type": links[index].type
        case "title": links[index].title
        case "hreflang": links[index].language
        case "length": links[index].length
        default: nil
        }
    }

    private func category(_ categories: [FeedCategory], _ parts: [String]) -> String? {
        guard let index = Int(parts[0]), categories.indices.contains(index) else { return nil }
        return switch parts[1] {
        case "term": categories[index].term
        case "scheme": categories[index].scheme
        case "label": categories[index].label
        default: nil
        }
    }
}

extension FeedText {
    fileprivate var markupOrText: String { kind == .plain ? value : markup }
}

/// Whether two values are equal: as they are, as addresses, or as markup. The suite writes markup
/// in a form of its own, with attributes sorted.
private func isEqual(_ left: String?, _ right: String?) -> Bool {
    guard let left, let right else { return left == nil && right == nil }
    if left == right { return true }
    if let first = WebURL(left), let second = WebURL(right) { return first == second }
    guard left.contains("<") || right.contains("<") else { return false }
    return canonical(left) == canonical(right)
}

private func canonical(_ markup: String) -> String {
    let document = HTMLDocument(parsingFragment: Array(markup.utf8))
    guard let root = document.documentElement else { return "" }
    var lines: [String] = []
    for node in document.descendants(of: root) {
        switch document.kind(of: node) {
        case .element:
            let attributes = document.attributes(of: node).filter {
                !["xmlns", "xlink"].contains($0.name)
            }
            .map { attribute -> String in
                let isAddress = ["href", "src"].contains(attribute.name)
                let address = isAddress ? WebURL(attribute.value)?.href : nil
                return attribute.name.split(separator: ":").last.map(String.init) ?? ""
                    + "=" + (address ?? attribute.value)
            }
            lines.append(document.name(of: node) + " " + attributes.sorted().joined(separator: " "))
        case .text:
            lines.append(
                document.text(of: node).split(whereSeparator: \.isWhitespace)
                    .joined(separator: " ")
            )
        default: break
        }
    }
    return lines.filter { !$0.isEmpty }.joined(separator: "\n")
}

@Suite struct FeedConformanceTests {
    @Test(
        .enabled(
            if: FeedCases.isPresent,
            "No feed cases; set WIRECOPY_SHARED to the folder with conformance/feeds."
        )
    )
    func `feeds are read as the cases of feedparser say`() throws {
        let file = FeedCases.folder.appending(path: "expect.jsonl")
        let cases = try String(contentsOf: file, encoding: .utf8).split(separator: "\n").map {
            try JSONDecoder().decode(FeedCase.self, from: Data($0.utf8))
        }
        #expect(cases.count == 378)
        var (right, wrong, leftOut) = (0, [String](), 0)
        for item in cases {
            if FeedCases.leftOut.contains(where: { item.path.contains($0.0) }) {
                leftOut += 1
                continue
            }
            let found = try item.feed().flatMap { FeedFields(feed: $0).value(item.parts) }
            if isEqual(found, item.equals.text) {
                right += 1
            } else {
                wrong.append(
                    "\(item.file): \(item.path) is \(found ?? "nothing"), "
                        + "not \(item.equals.text ?? "nothing")"
                )
            }
        }
        print(
            "Feed cases: \(right) of \(right + wrong.count) of kept fields, "
                + "\(leftOut) of \(cases.count) of fields that are left out."
        )
        wrong.forEach { print("  " + $0) }
        #expect(Double(right) >= 0.97 * Double(right + wrong.count))
    }
}
