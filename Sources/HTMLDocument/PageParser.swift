/// Everything a document is made of, as parsing leaves it.
struct ParsedPage {
    var tree: NodeTree
    var text: TextStore
    var attributes: [Attribute]
    var customNames: CustomNames
    var doctype: Doctype?
    var isInQuirksMode: Bool
    var encoding: TextEncoding
    var warnings: [ParseWarning]
}

/// The element a fragment is parsed in.
struct FragmentContext {
    var name: String
    var namespace: Namespace
}

/// The way from bytes to a tree: cut → find the encoding → decode → build.
struct PageParser {
    let limits: ParseLimits
    /// The scripting flag (WHATWG HTML, 13.2.4.5): with it `noscript` holds text, not elements.
    var isScriptingEnabled = false

    /// Whether a page in UTF-8 beyond ASCII is that, whatever it declares.
    var believesContent = false

    func parse(_ received: [UInt8], transportEncoding: TextEncoding?) -> ParsedPage {
        var warnings: [ParseWarning] = []
        let bytes = truncated(received, &warnings)
        let content =
            believesContent && transportEncoding == nil ? TextDecoder.content(of: bytes) : .neither
        let sniffed = EncodingSniffer.sniff(
            bytes,
            transportEncoding: content == .utf8 ? .utf8 : transportEncoding
        )
        let decoded = TextDecoder.decode(
            bytes,
            from: sniffed.encoding,
            isValid: content != .neither
        )
        var builder = newBuilder(for: decoded)
        builder.reportsEncoding = sniffed.origin == .guess
        builder.run()
        guard let declared = builder.declaredEncoding, declared != sniffed.encoding else {
            return finish(&builder, decoded, warnings)
        }
        // A declaration beyond the sniffed bytes: start again, as browsers do.
        let redecoded = TextDecoder.decode(bytes, from: declared)
        var rebuilder = newBuilder(for: redecoded)
        rebuilder.run()
        return finish(&rebuilder, redecoded, warnings)
    }

    func parseFragment(_ received: [UInt8], context: FragmentContext) -> ParsedPage {
        var warnings: [ParseWarning] = []
        let decoded = TextDecoder.decode(truncated(received, &warnings), from: .utf8)
        var builder = newBuilder(for: decoded)
        builder.startFragment(context)
        builder.run()
        return finish(&builder, decoded, warnings)
    }

    private func newBuilder(for decoded: TextDecoder.Decoded) -> TreeBuilder {
        var builder = TreeBuilder(input: decoded.text, limits: limits)
        builder.isScriptingEnabled = isScriptingEnabled
        return builder
    }

    private func finish(
        _ builder: inout TreeBuilder,
        _ decoded: TextDecoder.Decoded,
        _ warnings: [ParseWarning]
    ) -> ParsedPage {
        ParsedPage(
            tree: builder.tree,
            text: builder.tokenizer.text,
            attributes: builder.tokenizer.attributes,
            customNames: builder.tokenizer.customNames,
            doctype: builder.doctype,
            isInQuirksMode: builder.isInQuirksMode,
            encoding: decoded.encoding,
            warnings: warnings + decoded.warnings + builder.collectedWarnings
        )
    }

    /// Cuts the page to the limit, not within a UTF-8 sequence.
    private func truncated(_ bytes: [UInt8], _ warnings: inout [ParseWarning]) -> [UInt8] {
        guard bytes.count > limits.inputBytes else { return bytes }
        warnings.append(.inputTruncated)
        var end = limits.inputBytes
        // The byte behind the cut continues a character of at most four bytes.
        for _ in 0..<3 where end > 0 && bytes[end] & 0xC0 == 0x80 {
            end -= 1
        }
        return Array(bytes[..<end])
    }
}
