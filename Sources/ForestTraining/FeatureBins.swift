/// The values of one feature, in at most 255 ranges of about the same number of questions.
struct FeatureBins {
    /// What a value must not exceed to lie in a range; the last range is above all of them.
    let bounds: [Float]
    /// The range of each question.
    let bins: [UInt8]

    static let boundsMax = 254

    init(_ column: [Float]) {
        let sorted = column.sorted()
        var bounds: [Float] = []
        for step in 1...Self.boundsMax {
            let place = sorted.count * step / (Self.boundsMax + 1)
            guard place > 0, place < sorted.count, sorted[place - 1] < sorted[place] else {
                // Values that many questions share get a range of their own.
                if place < sorted.count, let next = Self.nextStep(sorted, place),
                    bounds.last.map({ $0 < next }) ?? true
                {
                    bounds.append(next)
                }
                continue
            }
            let bound = (sorted[place - 1] + sorted[place]) / 2
            if bounds.last.map({ $0 < bound }) ?? true { bounds.append(bound) }
        }
        let found = Array(bounds.prefix(Self.boundsMax))
        self.bounds = found
        bins = column.map { value in UInt8(Self.bin(of: value, found)) }
    }

    /// Between the value at a place and the next larger one; `nil` when there is none.
    private static func nextStep(_ sorted: [Float], _ place: Int) -> Float? {
        var (low, high) = (place, sorted.count)
        let value = sorted[place]
        while low < high {
            let middle = (low + high) / 2
            if sorted[middle] > value { high = middle } else { low = middle + 1 }
        }
        return low < sorted.count ? (value + sorted[low]) / 2 : nil
    }

    private static func bin(of value: Float, _ bounds: [Float]) -> Int {
        var (low, high) = (0, bounds.count)
        while low < high {
            let middle = (low + high) / 2
            if value <= bounds[middle] { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
