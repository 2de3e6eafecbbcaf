/// What other programs read from a line of `wirecopy export jsonl`.
struct ExportedArticle: Decodable {
    struct Address: Decodable {
        let url: String
    }

    struct Entity: Decodable {
        let id: Int
        let name: String
    }

    struct Mention: Decodable {
        let surface: String
        let type: String
    }

    struct Quotation: Decodable {
        let speakerEntity: Int?
        let text: String
    }

    let addresses: [Address]
    let authors: [String]
    let entities: [Entity]
    let id: String
    let mentions: [Mention]
    let published: String?
    let quotations: [Quotation]
    let text: String
    let title: String?
    let version: Int

    /// Whether it holds these words with this speaker.
    func has(_ words: String, saidBy speaker: String) -> Bool {
        let speakers = Set(entities.filter { $0.name == speaker }.map(\.id))
        return quotations.contains { quotation in
            quotation.text.contains(words) && quotation.speakerEntity.map(speakers.contains) == true
        }
    }
}
