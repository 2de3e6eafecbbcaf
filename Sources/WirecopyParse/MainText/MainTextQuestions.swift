import DecisionForest
import WirecopyMessages

/// The blocks of one page with what the main-text model is asked about each; for training.
package struct MainTextQuestions {
    /// Text of each block.
    package let texts: [String]
    /// Words in the names of the elements around each block, the nearest element first.
    package let names: [[[String]]]
    /// Words of each block's own text.
    package let words: [[String]]
    /// The blocks that are asked about, ascending.
    package let asked: [Int]
    /// Numbers of each of them.
    package let rows: [[Float]]

    /// Elements around a block whose names are told.
    private static let namesMax = 6

    /// Reads a page of HTML as far as its blocks.
    package init(
        html: [UInt8],
        url: String,
        _ weights: MainTextWeights,
        _ fields: FieldModels
    ) {
        let page = HTMLPage(
            PageSource(url: url, contentType: nil, body: html, fetchedAt: Self.anyDay),
            fields
        )
        let outline = page.outline
        let blocks = PageBlocks(outline)
        texts = outline.blocks.map(\.text)
        names = outline.blocks.map { block in
            outline.regions(around: block.region).prefix(Self.namesMax).map {
                outline.names[outline.regions[$0].name].words
            }
        }
        words = blocks.lines.map { line in
            WordWeights.words(of: line).map { String(decoding: $0, as: UTF8.self) }
        }
        let questions = BlockFeatures.questions(of: blocks, page.context(), weights)
        let width = BlockFeatures.count
        asked = questions.blocks
        rows = asked.indices.map { Array(questions.numbers[$0 * width..<($0 + 1) * width]) }
    }

    /// Dates are not asked for.
    private static let anyDay = Instant(milliseconds: 0)
}

extension ParseModels {
    /// The log-odds that the main-text model gives to each block of a page; `nil` for those that it
    /// is not asked about.
    package func logOddsOfBlocks(html: [UInt8], url: String) -> [Float?] {
        let questions = MainTextQuestions(html: html, url: url, mainText.weights, fields)
        var odds = [Float?](repeating: nil, count: questions.texts.count)
        for (block, row) in zip(questions.asked, questions.rows) {
            odds[block] = mainText.forest.logOdds(row)
        }
        return odds
    }
}
