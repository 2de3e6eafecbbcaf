import WirecopyMessages

/// Which messages are open, by stage and class; which are dead; and which failed before.
struct OpenSet: Sendable {
    /// Numbers of sets: four a stage, the fourth for its dead letters, and one for all stages.
    static let setCount = StageName.allCases.count * 4 + 1
    /// Messages of which the index knows attempts, delays and killers.
    static let failedSet = setCount - 1

    private(set) var sets = [PositionSet](repeating: PositionSet(), count: setCount)

    /// The number of a set of open messages.
    static func number(_ stage: StageName, _ priority: MessageClass) -> Int {
        stage.number * 4 + priority.rank
    }

    /// The number of a set of dead letters.
    static func number(deadOf stage: StageName) -> Int { stage.number * 4 + 3 }

    /// How many are open in a class of a stage.
    func count(_ stage: StageName, _ priority: MessageClass) -> Int {
        sets[Self.number(stage, priority)].count
    }

    /// How many are dead in a stage.
    func deadCount(_ stage: StageName) -> Int { sets[Self.number(deadOf: stage)].count }

    /// How many are open in all.
    var openCount: Int {
        StageName.allCases.reduce(0) { sum, stage in
            sum + MessageClass.allCases.reduce(0) { $0 + count(stage, $1) }
        }
    }

    /// Where a message is open; `nil` when it is not.
    func find(_ position: Int) -> (stage: StageName, priority: MessageClass)? {
        for number in 0..<Self.failedSet where number & 3 != 3 {
            guard sets[number].contains(position) else { continue }
            guard let stage = StageName(number: number >> 2),
                let priority = MessageClass(number: number & 3)
            else { continue }
            return (stage, priority)
        }
        return nil
    }

    /// Whether a message is open.
    func isOpen(_ position: Int) -> Bool { find(position) != nil }

    /// Whether a message of a stage is dead.
    func isDead(_ position: Int, _ stage: StageName) -> Bool {
        sets[Self.number(deadOf: stage)].contains(position)
    }

    /// Whether attempts of a message are known.
    func hasFailed(_ position: Int) -> Bool { sets[Self.failedSet].contains(position) }

    /// The next open message of a class behind a place.
    func next(_ stage: StageName, _ priority: MessageClass, after position: Int) -> Int? {
        sets[Self.number(stage, priority)].next(after: position)
    }

    mutating func open(_ position: Int, _ stage: StageName, _ priority: MessageClass) {
        sets[Self.number(stage, priority)].insert(position)
    }

    /// Takes a message out of the open ones.
    ///
    /// - Returns: whether it was open.
    @discardableResult
    mutating func close(_ position: Int, _ stage: StageName) -> Bool {
        for priority in MessageClass.allCases
        where sets[Self.number(stage, priority)].remove(position) {
            return true
        }
        return false
    }

    mutating func setDead(_ position: Int, _ stage: StageName, _ isDead: Bool) {
        if isDead {
            sets[Self.number(deadOf: stage)].insert(position)
        } else {
            sets[Self.number(deadOf: stage)].remove(position)
        }
    }

    mutating func setFailed(_ position: Int, _ hasFailed: Bool) {
        if hasFailed {
            sets[Self.failedSet].insert(position)
        } else {
            sets[Self.failedSet].remove(position)
        }
    }

    /// Chunks that changed since the last call, by set.
    mutating func takeChanged() -> [(set: Int, chunk: Int)] {
        sets.indices.flatMap { set in sets[set].takeChanged().map { (set, $0) } }
    }

    mutating func load(_ bytes: [UInt8], set: Int, chunk: Int) {
        guard sets.indices ~= set else { return }
        sets[set].load(bytes, chunk: chunk)
    }
}
