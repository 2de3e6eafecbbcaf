import WirecopyMessages

/// The values that a page offers for one field, and on which places each of them stands.
///
/// Places are numbered from 0, the most trusted first; what they are is the field's own matter.
struct CandidateTable {
    /// One value.
    struct Candidate {
        /// As the most trusted of its places words it.
        var value: String
        /// What makes two values the same.
        let key: String
        /// Name of the most trusted place, as `Evidenced.source` has it.
        var source: String
        /// The text that the value was read from there.
        var evidence: String
        /// The most trusted place.
        var place: Int
        /// By place: its rank among the place's values, from 1; 0 where it does not stand.
        var ranks: [UInt8]
        /// How often it was met.
        var count = 1
    }

    /// In the order in which they were met.
    private(set) var candidates: [Candidate] = []
    /// Different values by place.
    private(set) var counts: [UInt8]
    private var indexByKey: [String: Int] = [:]

    /// Values of one field that are weighed; a page of links has hundreds that are none.
    static let candidatesMax = 80

    /// Makes an empty table.
    init(placeCount: Int) { counts = Array(repeating: 0, count: placeCount) }

    /// Adds a value, or what another place says of a known one.
    ///
    /// A rank counts from 1; without one the value gets that of a new value of its place.
    /// - Returns: the value's index; `nil` when the table is full.
    @discardableResult
    mutating func add(
        _ value: String,
        key: String,
        place: Int,
        source: String,
        evidence: String,
        rank: Int? = nil
    ) -> Int? {
        let index: Int
        if let known = indexByKey[key] {
            index = known
            candidates[known].count += 1
            if place < candidates[known].place {
                candidates[known].value = value
                candidates[known].source = source
                candidates[known].evidence = evidence
                candidates[known].place = place
            }
        } else {
            guard candidates.count < Self.candidatesMax, !key.isEmpty else { return nil }
            index = candidates.count
            indexByKey[key] = index
            candidates.append(
                Candidate(
                    value: value,
                    key: key,
                    source: source,
                    evidence: evidence,
                    place: place,
                    ranks: Array(repeating: 0, count: counts.count)
                )
            )
        }
        if candidates[index].ranks[place] == 0 {
            counts[place] = min(counts[place], .max - 1) + 1
            candidates[index].ranks[place] = rank.map { UInt8(clamping: $0) } ?? counts[place]
        }
        return index
    }

    /// What the places say of a value, a number each: 1 for the first of a place, less for later
    /// ones, 0 for a place that says nothing, -1 for one that says something else.
    func supports(_ index: Int) -> [Float] {
        zip(candidates[index].ranks, counts).map { rank, count in
            rank > 0 ? 1 / Float(rank) : count > 0 ? -1 : 0
        }
    }

    /// A value with its evidence.
    func evidenced(_ index: Int, _ confidence: Double) -> Evidenced {
        let candidate = candidates[index]
        let evidence = NormalText.prefix(candidate.evidence, bytes: Self.evidenceBytesMax)
        return Evidenced(
            candidate.value,
            source: candidate.source,
            confidence: (confidence * 1000).rounded() / 1000,
            evidence: evidence == candidate.value ? nil : evidence
        )
    }

    /// As `Evidenced.evidence` says.
    private static let evidenceBytesMax = 200

    /// Places on which a value stands.
    func supportCount(_ index: Int) -> Int {
        candidates[index].ranks.count { $0 > 0 }
    }
}
