/// What a page may cost. Beyond a limit the parser keeps what it has and adds a warning.
package struct ParseLimits: Sendable, Equatable {
    /// Bytes of the page that are read; the rest is cut off. At most `inputMaxBytes`.
    package var inputBytes: Int
    /// Nodes in the tree; parsing stops at the limit.
    package var nodes: Int
    /// Open elements; a deeper element takes the place of the innermost one, as its sibling.
    package var depth: Int
    /// Attributes of one element; further ones are dropped.
    package var attributesPerElement: Int

    /// Offsets into a document's text are 32 bits wide; text written by the parser can be several
    /// times the page.
    package static let inputMaxBytes = 64 << 20

    /// Far above any news page (median 150 kB, largest seen 2.2 MB; 3,000 nodes, depth 30), low
    /// enough that a hostile page costs a second at most: `wirecopy-fuzz bombs` measures that. 512
    /// is the depth at which browsers flatten as well.
    package static let `default` = ParseLimits(
        inputBytes: 10 << 20,
        nodes: 1_000_000,
        depth: 512,
        attributesPerElement: 256
    )

    /// Makes limits; values outside of what the parser can hold are moved to the nearest one.
    package init(inputBytes: Int, nodes: Int, depth: Int, attributesPerElement: Int) {
        self.inputBytes = min(max(inputBytes, 0), Self.inputMaxBytes)
        self.nodes = min(max(nodes, 16), 1 << 30)
        self.depth = min(max(depth, 16), 4_096)
        self.attributesPerElement = min(max(attributesPerElement, 1), 4_096)
    }
}

/// Something that makes the tree less than the whole page. Each is reported at most once.
package enum ParseWarning: String, Sendable, Hashable, CaseIterable {
    /// The page was longer than `ParseLimits.inputBytes`.
    case inputTruncated = "input_truncated"
    /// Parsing stopped at `ParseLimits.nodes`.
    case nodeLimitReached = "node_limit_reached"
    /// Elements deeper than `ParseLimits.depth` became siblings.
    case depthLimitReached = "depth_limit_reached"
    /// An element had more than `ParseLimits.attributesPerElement`.
    case attributesDropped = "attributes_dropped"
    /// Bytes that are not text in the page's encoding became U+FFFD.
    case malformedText = "malformed_text"
    /// The system cannot decode the page's encoding; it was read as windows-1252.
    case encodingUnavailable = "encoding_unavailable"
}
