/// A number as news writes it, exact: a whole number times a power of ten.
struct ExactDecimal: Equatable {
    /// Digits that are read; with more, `Int` would overflow, and news has none such.
    static let digitsMax = 15

    private var units: Int
    private var exponent: Int

    /// A whole number.
    init(_ value: Int) { (units, exponent) = (value, 0) }

    /// Reads digits with commas between them and at most one decimal point: `1,234.5`.
    ///
    /// - Returns: nil for anything else, and for more than `digitsMax` digits.
    init?(_ bytes: ArraySlice<UInt8>) {
        var (units, decimals, digits) = (0, 0, 0)
        var isFraction = false
        var last: UInt8 = 0
        for byte in bytes {
            defer { last = byte }
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"):
                units = units * 10 + Int(byte - UInt8(ascii: "0"))
                digits += 1
                if isFraction { decimals += 1 }
                guard digits <= Self.digitsMax else { return nil }
            case UInt8(ascii: ",") where digits > 0 && !isFraction: continue
            case UInt8(ascii: ".") where digits > 0 && !isFraction: isFraction = true
            default: return nil
            }
        }
        guard digits > 0, last != UInt8(ascii: ","), last != UInt8(ascii: ".") else { return nil }
        (self.units, exponent) = (units, -decimals)
    }

    /// The number times a power of ten.
    func scaled(by power: Int) -> ExactDecimal {
        var scaled = self
        scaled.exponent += power
        return scaled
    }

    /// The number and a half.
    var andHalf: ExactDecimal {
        guard exponent == 0 else { return self }
        var sum = ExactDecimal(units * 10 + 5)
        sum.exponent = -1
        return sum
    }

    /// The negative number.
    var negative: ExactDecimal {
        var negative = self
        negative.units = -units
        return negative
    }

    /// The number when it is whole and fits.
    var whole: Int? {
        guard exponent >= 0 else { return Int(text) }
        let (value, overflow) = Self.power(exponent).multipliedReportingOverflow(by: units)
        return overflow ? nil : value
    }

    /// Whether the number is smaller than another; near ties among huge numbers may be missed.
    func isLess(than other: ExactDecimal) -> Bool {
        let shared = min(exponent, other.exponent)
        return Double(units) * Double(Self.power(exponent - shared))
            < Double(other.units) * Double(Self.power(other.exponent - shared))
    }

    /// The digits, without zeros that say nothing: `1234.5`.
    var text: String {
        if exponent >= 0 {
            return units == 0 ? "0" : String(units) + String(repeating: "0", count: exponent)
        }
        let sign = units < 0 ? "-" : ""
        var digits = String(abs(units))
        digits = String(repeating: "0", count: max(0, 1 - exponent - digits.count)) + digits
        let point = digits.count + exponent
        var decimals = digits.dropFirst(point)
        while decimals.last == "0" { decimals.removeLast() }
        let whole = sign + digits.prefix(point)
        return decimals.isEmpty ? whole : whole + "." + decimals
    }

    private static func power(_ exponent: Int) -> Int {
        (0..<min(exponent, 18)).reduce(1) { power, _ in power * 10 }
    }
}
