import Foundation
import WirecopyStories

/// Two reports of one story, made from one real text: its sentences by turns, or its beginning and
/// its end.
///
/// What such halves share is what reports of one event share, in words that outlets really use; two
/// texts stay as far apart as they are.
enum HalvedText {
    /// Shorter texts make no two reports.
    private static let sentencesMin = 6

    /// The halves; none of a text that is too short.
    static func halves(of text: BatchText) -> [BatchText] {
        let sentences = sentences(of: text.text)
        guard sentences.count >= sentencesMin else { return [] }
        let isByTurns = StableHash.fold(of: text.id, 2) == 0
        let middle = (sentences.count + 1) / 2
        let parts = (0..<2).map { half in
            sentences.indices.filter {
                isByTurns ? $0 % 2 == half : ($0 < middle) == (half == 0)
            }
        }
        return parts.enumerated().map { half, part in
            BatchText(
                id: "\(text.id)/\(half)",
                title: half == 0 ? text.title : "",
                text: part.map { sentences[$0] }.joined(separator: " "),
                published: text.published,
                story: text.id
            )
        }
    }

    /// Sentences end with a full stop, mark or quotation mark before a space and a capital letter;
    /// where that is wrong, a half has a part of a sentence, which does no harm.
    private static func sentences(of text: String) -> [String] {
        var sentences: [String] = []
        for paragraph in text.split(separator: "\n") {
            var current = ""
            for word in paragraph.split(separator: " ") {
                let isEnd = current.last.map { ".!?\"”".contains($0) } ?? false
                if isEnd, word.first?.isUppercase == true || word.first == "\"" {
                    sentences.append(current)
                    current = ""
                }
                current += current.isEmpty ? word : " " + word
            }
            if !current.isEmpty { sentences.append(current) }
        }
        return sentences
    }
}
