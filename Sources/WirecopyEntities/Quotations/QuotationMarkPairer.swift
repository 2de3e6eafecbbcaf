/// Pairs quotation marks: curly, straight, low, angled, and mixed ones such as “ with ".
///
/// Double marks first; single marks only where no double ones are open, and never an apostrophe.
/// One pass over the tokens, no nesting beyond one level: inner quotations belong to the outer.
struct QuotationMarkPairer {
    /// Quoted spans that are kept; more are only made by hostile input.
    static let spansMax = 20_000

    private enum Role {
        case opens, closes, either
    }

    let text: AnalysedText
    let lines: TextLines

    /// All quoted spans in the text's order.
    func spans() -> [QuotedSpan] {
        var spans: [QuotedSpan] = []
        for line in lines.tokens.indices where spans.count < Self.spansMax {
            let doubles = doubleSpans(line)
            spans += merged(doubles, singleSpans(line, outside: doubles))
        }
        return Array(spans.prefix(Self.spansMax))
    }

    private func doubleSpans(_ line: Int) -> [QuotedSpan] {
        var spans: [QuotedSpan] = []
        var open: Int?
        let range = lines.tokens[line]
        for index in range where text.tokens[index].isDoubleQuote {
            switch (role(of: index, in: range), open) {
            case (.opens, nil), (.either, nil): open = index
            case (.closes, let start?), (.either, let start?):
                spans.append(QuotedSpan(open: start, close: index, line: line, isUnclosed: false))
                open = nil
            case (.opens, _?): open = index
            case (.closes, nil): break
            }
        }
        if let open, nextLineOpens(line) {
            let close = range.upperBound - 1
            spans.append(QuotedSpan(open: open, close: close, line: line, isUnclosed: true))
        }
        return spans
    }

    private func role(of index: Int, in line: Range<Int>) -> Role {
        let token = text.tokens[index]
        let isTightBefore =
            index > line.lowerBound && !token.shape.contains(.spaceBefore)
            && !Self.opensBefore(text.tokens[index - 1])
        let isTightAfter =
            index + 1 < line.upperBound
            && !text.tokens[index + 1].shape.contains(.spaceBefore)
            && !Self.closesAfter(text.tokens[index + 1])
        switch UInt32(truncatingIfNeeded: token.folded) {
        case Mark.leftDouble, Mark.lowDouble, Mark.leftGuillemet:
            // Some writers close with the opening mark too.
            return isTightBefore && !isTightAfter ? .closes : .opens
        case Mark.rightDouble, Mark.rightGuillemet:
            return !isTightBefore && isTightAfter ? .opens : .closes
        default:
            if isTightBefore == isTightAfter { return .either }
            return isTightAfter ? .opens : .closes
        }
    }

    private static func opensBefore(_ token: Token) -> Bool {
        guard token.kind == .mark else { return false }
        let value = UInt32(truncatingIfNeeded: token.folded)
        return token.isMark("(") || token.isMark("[") || value == Mark.emDash
            || value == Mark.enDash || token.isMark("/")
    }

    private static func closesAfter(_ token: Token) -> Bool {
        token.isMark(",") || token.isMark(".") || token.isMark(";") || token.isMark(":")
            || token.isMark(")") || token.isMark("?") || token.isMark("!")
    }

    private func nextLineOpens(_ line: Int) -> Bool {
        guard line + 1 < lines.tokens.count else { return false }
        let next = lines.tokens[line + 1]
        return text.tokens[next.lowerBound].isDoubleQuote
            && role(of: next.lowerBound, in: next) != .closes
    }

    private func singleSpans(_ line: Int, outside doubles: [QuotedSpan]) -> [QuotedSpan] {
        var spans: [QuotedSpan] = []
        var open: Int?
        var double = doubles[...]
        let range = lines.tokens[line]
        for index in range where isSingleQuote(index) {
            // A double quotation between two single marks keeps them from being a pair.
            while let first = double.first, first.close < index {
                if let start = open, first.close > start { open = nil }
                double = double.dropFirst()
            }
            if let first = double.first, first.open < index {
                open = nil
                continue
            }
            if opensSingle(index, range) {
                open = index
            } else if let start = open, closesSingle(index, range) {
                let span = QuotedSpan(open: start, close: index, line: line, isUnclosed: false)
                spans.append(span)
                open = nil
            }
        }
        return spans
    }

    private func isSingleQuote(_ index: Int) -> Bool {
        let token = text.tokens[index]
        return token.kind == .mark && Mark.isSingleQuote(UInt32(truncatingIfNeeded: token.folded))
    }

    private func opensSingle(_ index: Int, _ line: Range<Int>) -> Bool {
        let token = text.tokens[index]
        guard index + 1 < line.upperBound,
            index == line.lowerBound || token.shape.contains(.spaceBefore)
        else { return false }
        let next = text.tokens[index + 1]
        // "'90s" and "’tis" begin with an apostrophe.
        return !next.shape.contains(.spaceBefore) && next.kind == .word
            && !next.shape.contains(.digit)
    }

    private func closesSingle(_ index: Int, _ line: Range<Int>) -> Bool {
        let token = text.tokens[index]
        guard !token.shape.contains(.spaceBefore), token.folded != UInt64(Mark.leftSingle) else {
            return false
        }
        guard index + 1 < line.upperBound else { return true }
        let next = text.tokens[index + 1]
        return next.kind == .mark || next.shape.contains(.spaceBefore)
    }

    private func merged(_ left: [QuotedSpan], _ right: [QuotedSpan]) -> [QuotedSpan] {
        right.isEmpty ? left : (left + right).sorted { $0.open < $1.open }
    }
}
