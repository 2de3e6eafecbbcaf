/// Large pages made of one or two pieces of markup, up to beyond the limit of a page: what costs
/// more than one step a byte shows here.
///
/// A case is kept as its pieces and numbers, from which the page is made again.
struct BombTarget: FuzzTarget {
    /// Bytes of the largest page; the parser reads less of it.
    private static let pageBytesMax = 50_000_000

    func input(using generator: inout SeededGenerator) -> FuzzInput {
        var head = HTMLMutator.bombPiece(using: &generator)
        var piece = HTMLMutator.bombPiece(using: &generator)
        var heads = generator.one(of: [0, 0, 1, 20, 600, 20_000])
        if generator.once(in: 2) {
            let known = generator.one(of: HTMLBombs.all)
            (head, heads, piece) = (Array(known.head.utf8), known.heads, Array(known.piece.utf8))
        }
        // Small ones are cheap, so that many pieces are tried; a few are as large as can be.
        let bytes = generator.one(of: [100_000, 100_000, 1_000_000, Self.pageBytesMax])
        let isPage = generator.once(in: 2)
        let numbers = Array("\(heads) \(bytes) \(isPage)".utf8)
        return FuzzInput([numbers, head, piece])
    }

    func check(_ input: FuzzInput) throws(FuzzFinding) -> FuzzVerdict {
        guard input.frames.count == 3 else { return .refused }
        let numbers = String(decoding: input.frames[0], as: UTF8.self).split(separator: " ")
        guard numbers.count == 3, let heads = Int(numbers[0]), let bytes = Int(numbers[1]),
            !input.frames[2].isEmpty, bytes <= Self.pageBytesMax
        else { return .refused }
        #if DEBUG
            // Which is some fifty times slower, and only shows here that the pages are read at all.
            let pageBytes = min(bytes, 20_000)
        #else
            let pageBytes = bytes
        #endif
        var page: [UInt8] = []
        page.reserveCapacity(pageBytes + 1000)
        if numbers[2] == "true" { page += NewsPageMaker.plainPage }
        for _ in 0..<heads where page.count < pageBytes { page += input.frames[1] }
        while page.count < pageBytes { page += input.frames[2] }
        return try ParseCheck.check(page)
    }
}
