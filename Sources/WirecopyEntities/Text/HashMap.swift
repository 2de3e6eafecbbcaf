/// A map from 64-bit hashes to small values, faster than `Dictionary` because its keys are mixed
/// already.
///
/// Open addressing with linear probing; at most half full. The key 0 is stored as 1: another
/// collision among hashes, which every user of a hash bears.
package struct HashMap<Value: Sendable>: Sendable {
    /// Number of keys.
    package private(set) var count = 0
    private var keys: [UInt64]
    private var values: [Value]
    private let none: Value

    /// Makes an empty map; `none` fills the slots without a key.
    package init(none: Value, capacity: Int = 16) {
        self.none = none
        var slots = 32
        while slots < capacity * 2 { slots *= 2 }
        keys = Array(repeating: 0, count: slots)
        values = Array(repeating: none, count: slots)
    }

    /// The value of a key, or nil.
    package subscript(key: UInt64) -> Value? {
        let slot = slot(of: key)
        return keys[slot] == 0 ? nil : values[slot]
    }

    /// Whether the key is there.
    package func contains(_ key: UInt64) -> Bool { keys[slot(of: key)] != 0 }

    /// Changes the value of a key in place; a new key begins with `none`.
    package mutating func update(_ key: UInt64, _ change: (inout Value) -> Void) {
        if count * 2 >= keys.count { grow() }
        let slot = slot(of: key)
        if keys[slot] == 0 {
            keys[slot] = key == 0 ? 1 : key
            count += 1
        }
        change(&values[slot])
    }

    /// Calls `body` for each key, in no order.
    package func forEach(_ body: (UInt64, Value) -> Void) {
        for slot in keys.indices where keys[slot] != 0 { body(keys[slot], values[slot]) }
    }

    private func slot(of key: UInt64) -> Int {
        let key = key == 0 ? 1 : key
        let mask = keys.count - 1
        var slot = Int(truncatingIfNeeded: (key &* 0x9E37_79B9_7F4A_7C15) >> 20) & mask
        while keys[slot] != 0, keys[slot] != key { slot = (slot + 1) & mask }
        return slot
    }

    private mutating func grow() {
        let old = (keys, values)
        keys = Array(repeating: 0, count: old.0.count * 2)
        values = Array(repeating: none, count: old.0.count * 2)
        for index in old.0.indices where old.0[index] != 0 {
            let slot = slot(of: old.0[index])
            keys[slot] = old.0[index]
            values[slot] = old.1[index]
        }
    }
}
