import Glibc
import WirecopyMessages
import WirecopyParse

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

    /// Reads a page, with rules for its site if there are any.
    static func check(
        _ body: [UInt8],
        rules: SiteRuleFolder? = nil
    ) throws(FuzzFinding) -> FuzzVerdict {
        let start = threadSeconds()
        let article = try article(of: body, rules)
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

    private static func article(
        of body: [UInt8],
        _ rules: SiteRuleFolder?
    ) throws(FuzzFinding) -> ParsedArticle? {
        guard let stage = try? rules.map({ try ParseStage(rules: $0) }) ?? plainStage.get() else {
            throw FuzzFinding("The models are missing.")
        }
        do throws(ParseFailure) {
            return try stage.article(of: page, body: body)
        } catch {
            guard error.message.hasSuffix(".") else {
                throw FuzzFinding("No sentence says why a page gives no article: \(error.message)")
            }
            return nil
        }
    }

    private static let plainStage = Result { () throws(ParseFailure) in try ParseStage() }

    /// Host of all pages.
    static let host = "tide.example"

    private static let page = FetchedPage(
        url: "https://\(host)/2026/03/04/harbour",
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
