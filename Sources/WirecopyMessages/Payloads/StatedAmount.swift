/// A number that a text states, with what it counts or measures.
package struct StatedAmount: Sendable, Equatable {
    /// How exact the text is about the number.
    package enum Approximation: String, Sendable, CaseIterable {
        case about
        case atLeast = "at_least"
        case atMost = "at_most"
        case lessThan = "less_than"
        case moreThan = "more_than"
    }

    /// The number: one, or the bounds between which it lies.
    package enum Number: Sendable, Equatable {
        /// A decimal such as `44`, `-3` or `1.5`; with all its digits, never rounded.
        case exact(String)
        /// Bounds; a word such as "dozens" has no upper one.
        case range(from: String, to: String?)
    }

    /// The number.
    package var number: Number
    /// How exact it is; `nil` when the text gives it as it is.
    package var approximation: Approximation?
    /// What happens to what is counted, as the text says it: `killed`, `missing`.
    package var predicate: String?
    /// What is counted or measured, as the text says it: `drones`, `Russian soldiers`.
    package var subject: String?
    /// Of how many, as a decimal: `64` in "44 of the 64 drones".
    package var total: String?
    /// The unit as one word, singular: `kilometre`, `percent`, `year_of_age`, `barrel`.
    package var unit: String?

    /// Makes an amount without unit and subject.
    package init(_ number: Number) { self.number = number }

    /// Whether a text is a decimal as `number` and `total` have it.
    package static func isDecimal(_ text: String) -> Bool {
        let parts = text.drop { $0 == "-" }.split(
            separator: ".",
            omittingEmptySubsequences: false
        )
        guard text.utf8.count <= decimalBytesMax, text.prefix(2) != "--" else { return false }
        return (1...2).contains(parts.count)
            && parts.allSatisfy { part in
                !part.isEmpty && part.utf8.allSatisfy { $0 &- UInt8(ascii: "0") < 10 }
            }
    }

    /// Bytes of a decimal; a thousand trillion with decimals has about 30.
    private static let decimalBytesMax = 64
}

extension StatedAmount {
    /// The parts of an amount and its currency, as they stand in a message.
    struct Fields {
        var amount: String?
        var approximation: Approximation?
        var currency: String?
        var max: String?
        var min: String?
        var predicate: String?
        var subject: String?
        var total: String?
        var unit: String?

        /// Reads a field.
        ///
        /// - Returns: whether the key is one of an amount's.
        mutating func read(
            _ key: String,
            _ reader: inout JSONReader
        ) throws(JSONFailure) -> Bool {
            switch key {
            case "amount": amount = try decimal(&reader)
            case "approximation": approximation = try reader.word()
            case "currency": currency = try reader.string()
            case "max": max = try decimal(&reader)
            case "min": min = try decimal(&reader)
            case "predicate": predicate = try reader.string()
            case "subject": subject = try reader.string()
            case "total": total = try decimal(&reader)
            case "unit": unit = try reader.string()
            default: return false
            }
            return true
        }

        private func decimal(_ reader: inout JSONReader) throws(JSONFailure) -> String {
            let text = try reader.string()
            guard StatedAmount.isDecimal(text) else {
                throw reader.invalid("The text \(text.prefix(80)) is no decimal number.")
            }
            return text
        }

        /// The amount; one needs `amount` or `min`.
        func amount(_ reader: JSONReader) throws(JSONFailure) -> StatedAmount {
            let number: Number =
                if let amount {
                    .exact(amount)
                } else {
                    .range(from: try reader.required(min, "amount"), to: max)
                }
            var stated = StatedAmount(number)
            stated.approximation = approximation
            stated.predicate = predicate
            stated.subject = subject
            stated.total = total
            stated.unit = unit
            return stated
        }
    }

    /// The lower and the upper bound, of a range only.
    package var bounds: (from: String?, to: String?) {
        guard case .range(let from, let to) = number else { return (nil, nil) }
        return (from, to)
    }

    /// The number, when it is one.
    package var exact: String? {
        guard case .exact(let amount) = number else { return nil }
        return amount
    }
}
