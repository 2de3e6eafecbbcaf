import Testing

import enum HTMLDocument.Tag

@testable import HTMLDocument

/// Pages made to hurt: each must end, within the limits, in a well-formed tree.
@Suite
struct HostilePageTests {
    private static let limits = ParseLimits(
        inputBytes: 1 << 20,
        nodes: 6_000,
        depth: 64,
        attributesPerElement: 16
    )

    @Test(
        .timeLimit(.minutes(1)),
        arguments: [
            "<div>", "<b>", "<a><div>", "<b><div></b>", "<p><b><i><u>", "<table><tr><td>",
            "<table>",
            "<template>", "<svg><g>", "<math><mi><svg><desc>", "<select><option><optgroup>",
            "<ruby><rt>", "<li><ul>", "<button><p>", "<object><b>", "<frameset>", "<nobr>",
            "<table>&amp;<tr>&lt;<td>&gt;</td>", "<!-->", "</p>", "</br>", "<form></form>",
            "<svg><![CDATA[]]>", "<select><selectedcontent><option>x<object>",
            "<selectedcontent>", "<select><selectedcontent>", "<font class=a><p>",
            "<caption><table><col>",
            "<a><b><i><p><table><td></a></b>", "<h1><div>", "<body a=b><html c=d>", "&", "<", "\0",
        ]
    )
    func `a piece repeated for ever ends in a bounded tree`(piece: String) {
        let bytes = Array(String(repeating: piece, count: 40_000 / piece.utf8.count).utf8)
        let page = HTMLDocument(parsing: bytes, limits: Self.limits)
        #expect(page.nodeCount <= Self.limits.nodes + 1)
        #expect(TreeInvariants.violation(in: page) == nil)
    }

    @Test
    func `elements deeper than the limit become siblings`() {
        let page = HTMLDocument(
            parsing: Array(String(repeating: "<div>", count: 1_000).utf8),
            limits: Self.limits
        )
        #expect(page.elements(.div).count == 1_000)
        #expect(page.warnings == [.depthLimitReached])
        let deepest = page.elements(.div).map { page.ancestors(of: $0).reduce(0) { n, _ in n + 1 } }
        #expect(deepest.max() == Self.limits.depth)
    }

    @Test
    func `parsing stops at the node limit and keeps what it has`() {
        let page = HTMLDocument(
            parsing: Array(String(repeating: "<br>", count: 10_000).utf8),
            limits: Self.limits
        )
        #expect(page.nodeCount == Self.limits.nodes)
        #expect(page.warnings == [.nodeLimitReached])
    }

    @Test
    func `attributes beyond the limit are dropped`() throws {
        let attributes = (0..<100).map { "a\($0)=\($0)" }.joined(separator: " ")
        let page = HTMLDocument(parsing: Array("<p \(attributes)>".utf8), limits: Self.limits)
        let paragraph = try #require(page.elements(.p).first)
        #expect(page.attributes(of: paragraph).count == Self.limits.attributesPerElement)
        #expect(page.warnings == [.attributesDropped])
    }

    @Test
    func `a page longer than the limit is cut between characters`() {
        var limits = Self.limits
        limits.inputBytes = 10
        let page = HTMLDocument(parsing: Array("<p>aaaaaé is cut".utf8), limits: limits)
        #expect(page.textContent(of: page.root) == "aaaaaé")
        limits.inputBytes = 9
        let shorter = HTMLDocument(parsing: Array("<p>aaaaaé is cut".utf8), limits: limits)
        #expect(shorter.textContent(of: shorter.root) == "aaaaa")
        #expect(shorter.warnings == [.inputTruncated])
    }

    @Test
    func `random mixtures of markup give well-formed trees`() {
        let seed: UInt64 = 20_240_229
        var random = SeededGenerator(state: seed)
        for round in 0..<600 {
            let page = HTMLDocument(parsing: Self.mixture(&random), limits: Self.limits)
            let violation = TreeInvariants.violation(in: page)
            #expect(violation == nil, "seed \(seed), round \(round)")
        }
    }

    private static let pieces: [String] =
        Tag.allCases.flatMap {
            ["<\($0.name)>", "<\($0.name) a=b c>", "</\($0.name)>", "<\($0.name)/>"]
        }
        + [
            "text", " ", "\n", "\0", "&amp;", "&notin", "&#x", "<!--", "-->", "<!doctype html>",
            "<![CDATA[",
        ]
        + [
            "]]>", "<", ">", "'", "\"", "=", "/", "<x-y>", "</x-y>", "<p a=&lt;b>", "é", "\r",
            "<input type=hidden>",
        ]
        + ["<annotation-xml encoding=text/html>", "<font color=red>", "<svg><foreignObject>"]

    private static func mixture(_ random: inout SeededGenerator) -> [UInt8] {
        var bytes: [UInt8] = []
        for _ in 0..<Int.random(in: 1...120, using: &random) {
            bytes += Array(pieces[Int.random(in: 0..<pieces.count, using: &random)].utf8)
            if Int.random(in: 0..<20, using: &random) == 0 {
                bytes.append(UInt8.random(in: 0...255, using: &random))
            }
        }
        return bytes
    }
}

/// SplitMix64, so that a round can be repeated.
struct SeededGenerator: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
