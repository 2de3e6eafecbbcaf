/// Values by number, of which those that nobody asked for in a while are forgotten.
///
/// When the young half is full it becomes the old one, whose values are forgotten unless they are
/// asked for (a clock of two generations).
struct RecentValues<Value: Sendable>: Sendable {
    private var young: [Int64: Value] = [:]
    private var old: [Int64: Value] = [:]
    private let generationMax: Int

    /// Keeps so many values at least, and twice as many at most.
    init(generationMax: Int) {
        self.generationMax = generationMax
    }

    /// A value; setting it to `nil` forgets it.
    subscript(_ number: Int64) -> Value? {
        mutating get {
            if let value = young[number] { return value }
            guard let value = old.removeValue(forKey: number) else { return nil }
            keep(number, value)
            return value
        }
        set {
            old[number] = nil
            if let newValue { keep(number, newValue) } else { young[number] = nil }
        }
    }

    /// Changes a value in its place, when there is one.
    mutating func change(_ number: Int64, _ body: (inout Value) -> Void) {
        if let value = old.removeValue(forKey: number) { keep(number, value) }
        guard let index = young.index(forKey: number) else { return }
        body(&young.values[index])
    }

    /// Forgets all.
    mutating func forgetAll() {
        (young, old) = ([:], [:])
    }

    private mutating func keep(_ number: Int64, _ value: Value) {
        if young.count >= generationMax, young[number] == nil { (old, young) = (young, [:]) }
        young[number] = value
    }
}
