/// Markup that may be sent: text enters it escaped, and only markup enters it as it is.
///
/// A literal is ours and is taken as markup; what is interpolated is taken as text of a page,
/// unless it is markup itself. So nothing that came from outside can become markup.
package struct HTML: Sendable, Equatable {
    /// The markup.
    package private(set) var text: String

    /// Nothing.
    package static let empty: HTML = ""

    /// Whether there is nothing to show.
    package var isEmpty: Bool { text.isEmpty }

    /// Text as markup that shows it: escaped, without control or direction-changing characters.
    package init(showing text: String) { self.text = PageText.escaped(text) }

    /// Markup that another of our targets has made and escaped.
    init(trusted markup: String) { text = markup }

    /// Markup behind markup.
    package static func += (left: inout HTML, right: HTML) { left.text += right.text }

    /// Two pieces of markup in their order.
    package static func + (left: HTML, right: HTML) -> HTML {
        var sum = left
        sum += right
        return sum
    }
}

extension HTML: ExpressibleByStringInterpolation {
    /// Takes a literal of ours.
    package init(stringLiteral value: String) { text = value }
    /// Takes a literal of ours with what stands in it.
    package init(stringInterpolation: StringInterpolation) { text = stringInterpolation.text }

    /// Gathers the pieces of a literal.
    package struct StringInterpolation: StringInterpolationProtocol {
        fileprivate var text: String

        /// Begins a literal.
        package init(literalCapacity: Int, interpolationCount: Int) {
            text = ""
            text.reserveCapacity(literalCapacity + interpolationCount * 16)
        }

        /// A piece of ours.
        package mutating func appendLiteral(_ literal: String) { text += literal }
        /// A text that is shown.
        package mutating func appendInterpolation(_ shown: String) {
            text += PageText.escaped(shown)
        }
        /// A number.
        package mutating func appendInterpolation(_ number: Int) { text += String(number) }
        /// Markup.
        package mutating func appendInterpolation(_ markup: HTML) { text += markup.text }
    }
}

extension Sequence where Element == HTML {
    /// The pieces in their order.
    package func joined(separator: HTML = .empty) -> HTML {
        var sum = HTML.empty
        var isFirst = true
        for piece in self {
            if !isFirst { sum += separator }
            sum += piece
            isFirst = false
        }
        return sum
    }
}
