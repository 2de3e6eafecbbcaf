extension ArticleFeatures {
    /// First byte of the form that follows; another one is another form.
    private static let form: UInt8 = 1
    private static let isLeadingBit: UInt8 = 0x80
    private static let ownDaysBit: UInt32 = 0x8000_0000

    /// The features as bytes, about 1 kB: form, instant, length, then each list with its count.
    ///
    /// Numbers are little-endian; words take 6 bytes, all others 4.
    package var bytes: [UInt8] {
        var writer = FeatureWriter()
        writer.bytes.append(Self.form)
        writer.append(UInt64(bitPattern: Int64(publishedMilliseconds ?? .min)))
        let ownDays = hasOwnDays ? Self.ownDaysBit : 0
        writer.append(min(UInt32(clamping: length), Self.ownDaysBit - 1) | ownDays)
        writer.append(latestYearless)
        writer.append(UInt32(words.count))
        for word in words {
            writer.append(word.key)
            writer.bytes.append(word.count)
            let leading = word.isLeading ? Self.isLeadingBit : 0
            writer.bytes.append(min(word.salience, Self.isLeadingBit - 1) | leading)
        }
        for list in [numbers, days.map { UInt32(bitPattern: $0) }, yearlessDays, shingles] {
            writer.append(UInt32(list.count))
            for number in list { writer.append(number) }
        }
        return writer.bytes
    }

    /// Reads what `bytes` wrote; `nil` when it is another form or damaged.
    package init?(bytes: [UInt8]) {
        var reader = FeatureReader(bytes: bytes)
        guard reader.byte() == Self.form else { return nil }
        let instant = Int64(bitPattern: reader.number64())
        publishedMilliseconds = instant == .min ? nil : Int(instant)
        let traits = reader.number32()
        length = Int(traits & (Self.ownDaysBit - 1))
        hasOwnDays = traits & Self.ownDaysBit != 0
        latestYearless = reader.number32()
        for _ in 0..<reader.count(Self.wordsMax) {
            let (key, count, salience) = (reader.number32(), reader.byte(), reader.byte())
            words.append(
                Word(
                    key: key,
                    count: count,
                    salience: salience & (Self.isLeadingBit - 1),
                    isLeading: salience & Self.isLeadingBit != 0
                )
            )
        }
        for _ in 0..<reader.count(Self.numbersMax) { numbers.append(reader.number32()) }
        for _ in 0..<reader.count(Self.daysMax) {
            days.append(Int32(bitPattern: reader.number32()))
        }
        for _ in 0..<reader.count(Self.daysMax) { yearlessDays.append(reader.number32()) }
        for _ in 0..<reader.count(Self.shinglesMax) { shingles.append(reader.number32()) }
        guard reader.isWhole else { return nil }
    }
}

private struct FeatureWriter {
    var bytes: [UInt8] = []

    mutating func append(_ number: UInt32) {
        for shift: UInt32 in [0, 8, 16, 24] {
            bytes.append(UInt8(truncatingIfNeeded: number >> shift))
        }
    }

    mutating func append(_ number: UInt64) {
        append(UInt32(truncatingIfNeeded: number))
        append(UInt32(truncatingIfNeeded: number >> 32))
    }
}

/// Reads zeros behind the end, and remembers that it did.
private struct FeatureReader {
    let bytes: [UInt8]
    var offset = 0
    var isDamaged = false

    /// Whether everything was there, and nothing else.
    var isWhole: Bool { !isDamaged && offset == bytes.count }

    mutating func byte() -> UInt8 {
        guard offset < bytes.count else {
            isDamaged = true
            return 0
        }
        defer { offset += 1 }
        return bytes[offset]
    }

    mutating func number32() -> UInt32 {
        var number: UInt32 = 0
        for shift: UInt32 in [0, 8, 16, 24] { number |= UInt32(byte()) << shift }
        return number
    }

    mutating func number64() -> UInt64 { UInt64(number32()) | UInt64(number32()) << 32 }

    mutating func count(_ limit: Int) -> Int {
        let count = Int(number32())
        if count > limit { isDamaged = true }
        return isDamaged ? 0 : count
    }
}
