/// Builds the tree from tokens (WHATWG HTML, 13.2.6); scripts are never run.
///
/// This file has the state and the loop; each extension holds the rules of some insertion modes.
struct TreeBuilder {
    var tokenizer: Tokenizer
    var tree: NodeTree
    var open = OpenElements()
    var formatting: ActiveFormattingElements
    var mode = InsertionMode.initial
    /// Where to return to from `.text` and `.inTableText`.
    var originalMode = InsertionMode.initial
    var templateModes: [InsertionMode] = []

    var headElement: NodeID?
    var formElement: NodeID?
    /// The element a fragment is parsed in; never part of the tree.
    var contextEntry: OpenElements.Entry?
    var framesetIsAllowed = true
    var fosterParentingIsOn = false
    var ignoresNextLineFeed = false
    var pendingTableText: [TextRange] = []
    /// `selectedcontent` elements, which are filled at the end.
    var selectedContents: [NodeID] = []

    var doctype: Doctype?
    var isInQuirksMode = false
    /// Whether `noscript` holds text, as for a reader that runs scripts.
    var isScriptingEnabled = false
    /// Whether a `meta` element that declares an encoding is to be noted in `declaredEncoding`.
    var reportsEncoding = false
    var declaredEncoding: TextEncoding?
    var isStopped = false
    var hasReachedDepthLimit = false
    var hasReachedNodeLimit = false
    let limits: ParseLimits

    init(input: [UInt8], limits: ParseLimits) {
        tokenizer = Tokenizer(input: input, limits: limits)
        tree = NodeTree(pageBytes: input.count)
        formatting = ActiveFormattingElements(limit: limits.depth)
        self.limits = limits
    }

    /// What a rule leaves to do with its token.
    enum Step {
        case done
        /// The state has changed; apply the rules of the new state to the same token.
        case reprocess
    }

    // MARK: - The loop

    mutating func run() {
        while !isStopped {
            tokenizer.allowsCDATA = adjustedCurrent.map { $0.namespace != .html } ?? false
            let token = tokenizer.next()
            switch token {
            case .characters(let range):
                processCharacters(range)
            case .endOfFile:
                process(token)
                isStopped = true
            default:
                ignoresNextLineFeed = false
                process(token)
            }
        }
        fillSelectedContents()
    }

    /// Feeds text in pieces that are all white space or not, where that matters.
    private mutating func processCharacters(_ range: TextRange) {
        var rest = range
        if ignoresNextLineFeed {
            ignoresNextLineFeed = false
            if tokenizer.text.byte(at: Int(rest.start)) == ASCII.lineFeed {
                rest.start += 1
            }
        }
        while !rest.isEmpty, !isStopped {
            guard mode.distinguishesWhitespace else {
                process(.characters(rest))
                return
            }
            let bytes = tokenizer.text.bytes(rest)
            let isWhitespace = bytes.first?.isHTMLWhitespace ?? true
            let end = bytes.firstIndex { $0.isHTMLWhitespace != isWhitespace } ?? bytes.endIndex
            let count = UInt32(end - bytes.startIndex)
            process(.characters(TextRange(start: rest.start, end: rest.start + count)))
            rest.start += count
        }
    }

    mutating func process(_ token: Token) {
        var step = Step.reprocess
        while case .reprocess = step, !isStopped {
            step = followsForeignRules(token) ? processInForeign(token) : process(token, in: mode)
        }
    }

    mutating func process(_ token: Token, in mode: InsertionMode) -> Step {
        switch mode {
        case .inBody: processInBody(token)
        case .text: processInText(token)
        case .initial: processInitial(token)
        case .beforeHTML: processBeforeHTML(token)
        case .beforeHead: processBeforeHead(token)
        case .inHead: processInHead(token)
        case .inHeadNoscript: processInHeadNoscript(token)
        case .afterHead: processAfterHead(token)
        case .inTable: processInTable(token)
        case .inTableText: processInTableText(token)
        case .inCaption: processInCaption(token)
        case .inColumnGroup: processInColumnGroup(token)
        case .inTableBody: processInTableBody(token)
        case .inRow: processInRow(token)
        case .inCell: processInCell(token)
        case .inTemplate: processInTemplate(token)
        case .afterBody: processAfterBody(token)
        case .inFrameset: processInFrameset(token)
        case .afterFrameset: processAfterFrameset(token)
        case .afterAfterBody: processAfterAfterBody(token)
        case .afterAfterFrameset: processAfterAfterFrameset(token)
        }
    }

    // MARK: - Small questions

    /// The current node, or in a fragment whose only open element is the root, the context.
    var adjustedCurrent: OpenElements.Entry? {
        if open.count == 1, let contextEntry {
            return contextEntry
        }
        return open.current
    }

    func isWhitespace(_ range: TextRange) -> Bool {
        tokenizer.text.bytes(range).allSatisfy(\.isHTMLWhitespace)
    }

    var collectedWarnings: [ParseWarning] {
        var warnings: [ParseWarning] = []
        if hasReachedNodeLimit { warnings.append(.nodeLimitReached) }
        if hasReachedDepthLimit { warnings.append(.depthLimitReached) }
        if tokenizer.hasDroppedAttributes { warnings.append(.attributesDropped) }
        return warnings
    }
}
