import Foundation
import WirecopyNewsroom

/// A newsroom that answers on loopback, its pages as files, and the truth about them.
struct NewsroomTruth {
    /// A line of `/expected.jsonl`.
    struct Record: Decodable {
        struct Quotation: Decodable {
            let speaker: String?
            let text: String
        }

        let path: String
        let kind: String
        let listed: Bool
        let outcome: String
        let duplicateOf: String?
        let reason: String?
        let title: String?
        let authors: [String]?
        let published: String?
        let story: String?
        let quotations: [Quotation]?
    }

    let newsroom: Newsroom
    /// The folder with what the newsroom serves: `urls.txt`, pages, texts.
    let folder: String
    /// What should become of the addresses that `urls.txt` lists.
    let listed: [Record]
    /// Pages of other outlets as copied text, which the list leaves out.
    let texts: [Record]

    /// Opens a newsroom on a free port and saves its pages in a folder of the installation.
    init(in installation: Installation) throws {
        newsroom = try Newsroom(port: 0)
        newsroom.start()
        folder = installation.path("newsroom")
        _ = try SavedPages(folder: folder, baseURL: newsroom.baseURL)
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        let lines = try String(contentsOfFile: folder + "/expected.jsonl", encoding: .utf8)
        let records = try lines.split(separator: "\n").map { line in
            try decoder.decode(Record.self, from: Data(line.utf8))
        }
        listed = records.filter(\.listed)
        texts = records.filter { $0.kind == "text" }
    }

    /// The list of addresses as a file.
    var addresses: String { folder + "/urls.txt" }

    /// The address of a record.
    func url(_ record: Record) -> String { newsroom.baseURL + record.path }

    /// Whether a date as it was read says the same as the truth, as far as it goes.
    ///
    /// `2026-03-04`, `2026-03-04T05:12:00Z` and `2026-03-04T06:12:00+01:00` agree with each other.
    static func agree(_ read: String?, _ truth: String?) -> Bool {
        guard let read, let truth else { return read == truth }
        let (first, second) = (
            try? Date(read, strategy: .iso8601), try? Date(truth, strategy: .iso8601)
        )
        return first != nil ? first == second : read.count >= 10 && truth.hasPrefix(read)
    }
}
