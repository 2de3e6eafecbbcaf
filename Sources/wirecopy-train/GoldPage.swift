import Foundation
import Gzip
import WirecopyProgram

/// A saved page with what is known to be true of it, as `articles-dev/README.md` describes.
struct GoldPage: Decodable {
    let id: String
    let source: String
    let gold: String
    var url: String?
    var title: String?
    var authors: [String]?
    var published: String?
    var body: String?
    var mustContain: [String]?
    var mustNotContain: [String]?

    private enum CodingKeys: String, CodingKey {
        case id, source, gold, url, title, authors, published, body
        case mustContain = "must_contain"
        case mustNotContain = "must_not_contain"
    }

    /// The site it is from: a model must not be judged on sites that it learned from.
    var site: String {
        let host = url.flatMap { URL(string: $0)?.host() } ?? id
        let parts = host.split(separator: ".").suffix(3)
        return parts.drop { $0 == "www" || $0 == "m" }.joined(separator: ".")
    }

    /// Which of some parts its site belongs to.
    func fold(of count: Int) -> Int {
        StableHash.fold(of: site, count)
    }

    /// The page's bytes.
    func html(in folder: URL) throws -> [UInt8] {
        let packed = try Data(contentsOf: folder.appendingPathComponent("pages/\(id).html.gz"))
        return try Gzip.decompress(Array(packed), limitBytes: 64 << 20)
    }

    /// All pages whose truth people or publishers wrote; what another extractor made is left out.
    static func all(in folder: URL) throws -> [GoldPage] {
        let list = try Data(contentsOf: folder.appendingPathComponent("gold.jsonl"))
        let decoder = JSONDecoder()
        return try list.split(separator: 0x0A)
            .map { try decoder.decode(GoldPage.self, from: $0) }
            .filter { $0.gold != "peer-output" }
    }
}
