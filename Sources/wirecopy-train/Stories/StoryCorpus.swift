import Foundation
import WirecopyMessages
import WirecopyStories

/// Texts whose words are counted: `wikinews-gold` has them whole, `voa-gold` in sentences.
enum StoryCorpus {
    /// A sentence stands alone; so many of them are counted as one text of news.
    private static let sentencesOfText = 15

    private struct Row: Decodable {
        let text: String?
        let tokens: [String]?
    }

    /// The lines of a file with stories.
    static func storyTexts(of file: String) throws -> [BatchText] {
        try Data(contentsOf: URL(fileURLWithPath: file)).split(separator: 0x0A)
            .map { try BatchText(json: Array($0)) }
    }

    /// The texts of files, in their order.
    static func texts(of files: [String]) throws -> [String] {
        let decoder = JSONDecoder()
        var texts: [String] = []
        for file in files {
            var sentences: [String] = []
            for line in try Data(contentsOf: URL(fileURLWithPath: file)).split(separator: 0x0A) {
                let row = try decoder.decode(Row.self, from: line)
                if let text = row.text { texts.append(text) }
                if let tokens = row.tokens, row.text == nil {
                    sentences.append(tokens.joined(separator: " "))
                }
            }
            for start in stride(from: 0, to: sentences.count, by: sentencesOfText) {
                let part = sentences[start...].prefix(sentencesOfText)
                texts.append(part.joined(separator: "\n"))
            }
        }
        return texts
    }
}
