import WirecopyStories

/// Sums of weights by article, for the articles that share words with one.
///
/// A table with linear probing that is used over and over: an article meets a thousand others.
struct NeighbourSums {
    private var articles = [UInt32](repeating: 0, count: size)
    private var sums = [Float](repeating: 0, count: size)
    private var used: [Int] = []

    /// More than twice the articles that 48 lists of 32 can name.
    private static let size = 4096

    /// Forgets all sums.
    mutating func clear() {
        for place in used { articles[place] = 0 }
        used.removeAll(keepingCapacity: true)
    }

    /// Adds a weight to the sum of an article; numbers begin with 1.
    mutating func add(_ article: UInt32, _ weight: Float) {
        var place = Int((article &* 0x9E37_79B1) >> 20)
        while articles[place] != article {
            if articles[place] == 0 {
                guard article != 0, used.count < Self.size / 2 else { return }
                articles[place] = article
                sums[place] = 0
                used.append(place)
                break
            }
            place = (place + 1) & (Self.size - 1)
        }
        sums[place] += weight
    }

    /// The articles with the greatest sums; of equal ones, the lower number first.
    func greatest(_ limit: Int) -> [UInt32] {
        // Sums are not negative, and such numbers are in the order of their bits.
        var best: [UInt64] = []
        best.reserveCapacity(limit + 1)
        for place in used {
            let rank =
                UInt64(sums[place].bitPattern) << 32 | UInt64(UInt32.max - articles[place])
            if best.count == limit {
                guard let last = best.last, rank > last else { continue }
                best.removeLast()
            }
            best.insert(rank, at: best.lastIndex { $0 > rank }.map { $0 + 1 } ?? 0)
        }
        return best.map { UInt32.max - UInt32(truncatingIfNeeded: $0) }
    }
}
