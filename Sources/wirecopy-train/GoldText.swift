import Foundation
import WirecopyEntities
import WirecopyMessages
import WirecopyProgram

/// A text with the quotations that readers marked, as `wikinews-gold` and `quotes-dev` have it.
struct GoldText: Decodable {
    /// A quoted span, with its marks; offsets count code points.
    struct Quote: Decodable {
        let start: Int
        let end: Int
        /// Missing where only speech is listed.
        var kind: String?
        var speaker: String?

        private enum CodingKeys: String, CodingKey {
            case start, end, speaker
            case kind = "class"
        }

        /// Whether somebody says or writes it.
        var isSpoken: Bool { !["title", "name", "scare"].contains(kind ?? "speech") }
    }

    /// A name.
    struct Name: Decodable {
        let start: Int
        let end: Int
        let type: String
        let canonical: String
    }

    /// A quoted span that is not speech.
    struct Unspoken: Decodable {
        let start: Int
        let end: Int
    }

    let id: String
    let text: String
    let quotes: [Quote]
    let entities: [Name]?
    let unspoken: [Unspoken]?

    private enum CodingKeys: String, CodingKey {
        case id, doc, text, quotes, entities
        case unspoken = "not_speech"
    }

    init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        id =
            try values.decodeIfPresent(String.self, forKey: .id)
            ?? values.decode(String.self, forKey: .doc)
        text = try values.decode(String.self, forKey: .text)
        quotes = try values.decode([Quote].self, forKey: .quotes)
        entities = try values.decodeIfPresent([Name].self, forKey: .entities)
        unspoken = try values.decodeIfPresent([Unspoken].self, forKey: .unspoken)
    }

    /// All rows of some files of JSON lines.
    static func all(in files: [String]) throws -> [GoldText] {
        let decoder = JSONDecoder()
        return try files.flatMap { file in
            try Data(contentsOf: URL(fileURLWithPath: file)).split(separator: 0x0A)
                .map { try decoder.decode(GoldText.self, from: $0) }
        }
    }

    /// Which of some parts it belongs to: a model must not be judged on texts it learned from.
    func fold(of count: Int) -> Int {
        StableHash.fold(of: id, count)
    }
}
