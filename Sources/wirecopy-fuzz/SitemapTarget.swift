import Gzip
import Sitemaps
import WHATWGURL

/// Sitemaps of every kind, packed and not.
///
/// Must be true: what is listed are addresses of the web, not more than the limit. A sitemap
/// without damage is read.
struct SitemapTarget: FuzzTarget {
    func input(using generator: inout SeededGenerator) -> FuzzInput {
        var bytes = Array(MarkupMaker.sitemap(using: &generator).utf8)
        let isPacked = generator.once(in: 4)
        if generator.once(in: 16) {
            return FuzzInput([isPacked ? Gzip.compress(bytes) : bytes], isWhole: true)
        }
        for _ in 0...generator.below(4) { MarkupMaker.damage(&bytes, using: &generator) }
        if isPacked {
            bytes = Gzip.compress(bytes)
            if generator.once(in: 2) { Mutator.damage(&bytes, using: &generator) }
        }
        return FuzzInput([bytes])
    }

    func check(_ input: FuzzInput) throws(FuzzFinding) -> FuzzVerdict {
        guard var reader = SitemapReader(input.frames.first ?? []) else { return .refused }
        var count = 0
        while let entry = reader.next() {
            count += 1
            let address =
                switch entry {
                case .page(let page): page.address
                case .sitemap(let location): location.address
                }
            guard let url = WebURL(address), url.isHTTP else {
                throw FuzzFinding("\(address) is no address of the web.")
            }
        }
        guard count <= SitemapReader.entriesMax else {
            throw FuzzFinding("\(count) entries are read.")
        }
        return .accepted
    }
}
