import Glibc
import WirecopyMessages
import WirecopyParse

/// News pages that were damaged, through the whole parse stage.
///
/// Must be true: see `ParseCheck`. A page without damage gives an article.
struct HTMLTarget: FuzzTarget {
    /// One case in so many is no page at all.
    private static let noiseOnceIn = 24

    func input(using generator: inout SeededGenerator) -> FuzzInput {
        if generator.once(in: Self.noiseOnceIn) {
            let noise = (0..<generator.below(3000)).map { _ in UInt8(generator.below(256)) }
            return FuzzInput([noise])
        }
        var page = NewsPageMaker.page(using: &generator)
        if generator.once(in: 16) { return FuzzInput([page], isWhole: true) }
        for _ in 0...generator.below(6) { HTMLMutator.damage(&page, using: &generator) }
        return FuzzInput([page])
    }

    func check(_ input: FuzzInput) throws(FuzzFinding) -> FuzzVerdict {
        try ParseCheck.check(input.frames.first ?? [])
    }
}

/// Large pages made of one or two pieces of markup, up to beyond the limit of a page: what costs
/// more than one step a byte shows here.
///
/// A case is kept as its pieces and numbers, from which the page is made again.
struct HTMLBombTarget: FuzzTarget {
    /// Bytes of the largest page; the parser reads less of it.
    private static let pageBytesMax = 50_000_000

    func input(using generator: inout SeededGenerator) -> FuzzInput {
        let head = HTMLMutator.bombPiece(using: &generator)
        let piece = HTMLMutator.bombPiece(using: &generator)
        let prefixes = generator.one(of: [0, 0, 1, 20, 600, 20_000])
        // Small ones are cheap, so that many pieces are tried; a few are as large as can be.
        let bytes = generator.one(of: [100_000, 100_000, 1_000_000, Self.pageBytesMax])
        let isPage = generator.once(in: 2)
        let numbers = Array("\(prefixes) \(bytes) \(isPage)".utf8)
        return FuzzInput([numbers, head, piece])
    }

    func check(_ input: FuzzInput) throws(FuzzFinding) -> FuzzVerdict {
        guard input.frames.count == 3 else { return .refused }
        let numbers = String(decoding: input.frames[0], as: UTF8.self).split(separator: " ")
        guard numbers.count == 3, let prefixes = Int(numbers[0]), let bytes = Int(numbers[1]),
            !input.frames[2].isEmpty, bytes <= Self.pageBytesMax
        else { return .refused }
        var page: [UInt8] = []
        page.reserveCapacity(bytes + 1000)
        if numbers[2] == "true" { page += NewsPageMaker.plainPage }
        for _ in 0..<prefixes where page.count < bytes { page += input.frames[1] }
        while page.count < bytes { page += input.frames[2] }
        return try ParseCheck.check(page)
    }
}

/// What must be true of every page: reading it ends within a second and in bounded memory; the
/// article, if there is one, is text without control characters, no longer than the page allows,
/// and survives its own JSON.
enum ParseCheck {
    /// CPU time of one page on one core, in seconds.
    private static let secondsMax = 1.0
    /// Memory that the process may ever have had, with a page of 50 MB in it.
    private static let memoryBytesMax = 1 << 30
    /// U+FFFD is three bytes for one of the page, and NFC makes at most three of one.
    private static let growthMax = 9

    static func check(_ body: [UInt8]) throws(FuzzFinding) -> FuzzVerdict {
        let start = threadSeconds()
        let article = try article(of: body)
        let seconds = threadSeconds() - start
        #if !DEBUG
            guard seconds < secondsMax else {
                throw FuzzFinding("A page of \(body.count) bytes took \(seconds) s.")
            }
            guard peakBytes() < memoryBytesMax else {
                throw FuzzFinding("With a page of \(body.count) bytes, \(peakBytes()) were used.")
            }
        #else
            _ = seconds
        #endif
        guard let article else { return .refused }
        try check(article, bodyBytes: body.count)
        return .accepted
    }

    private static func check(
        _ article: ParsedArticle,
        bodyBytes: Int
    ) throws(FuzzFinding) {
        let text = article.mainText
        guard text.utf8.count <= growthMax * bodyBytes else {
            throw FuzzFinding("\(bodyBytes) bytes gave \(text.utf8.count) bytes of text.")
        }
        let hasControl = text.utf8.contains { $0 < 0x20 && $0 != 0x0A || $0 == 0x7F }
        guard !hasControl else { throw FuzzFinding("The text has control characters.") }
        guard article.title?.value.utf8.contains(where: { $0 < 0x20 }) != true else {
            throw FuzzFinding("The title has control characters.")
        }
        guard let again = try? ParsedArticle(json: article.json), again == article else {
            throw FuzzFinding("The article is not what its JSON says.")
        }
    }

    private static func article(of body: [UInt8]) throws(FuzzFinding) -> ParsedArticle? {
        guard let stage = try? stage.get() else { throw FuzzFinding("The models are missing.") }
        do throws(ParseFailure) {
            return try stage.article(of: page, body: body)
        } catch {
            guard error.message.hasSuffix(".") else {
                throw FuzzFinding("No sentence says why a page gives no article: \(error.message)")
            }
            return nil
        }
    }

    private static let stage = Result { () throws(ParseFailure) in try ParseStage() }

    private static let page = FetchedPage(
        url: "https://tide.example/2026/03/04/harbour",
        origin: "file",
        fetchedAt: Instant(milliseconds: 1_795_000_000_000),
        bodyBytes: 0,
        bodyDigest: "sha256:" + String(repeating: "0", count: 64)
    )

    private static func threadSeconds() -> Double {
        var time = timespec()
        unsafe clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }

    private static func peakBytes() -> Int {
        var usage = rusage()
        unsafe getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
        return usage.ru_maxrss * 1024
    }
}
