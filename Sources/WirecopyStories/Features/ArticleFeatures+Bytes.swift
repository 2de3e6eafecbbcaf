extension ArticleFeatures {
    /// First byte of the form that follows; another one is another form.
    private static let form: UInt8 = 1
    fileprivate static let isLeadingBit: UInt8 = 0x80
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
        words = reader.words(Self.wordsMax)
        numbers = reader.numbers(Self.numbersMax)
        days = reader.numbers(Self.daysMax).map { Int32(bitPattern: $0) }
        yearlessDays = reader.numbers(Self.daysMax)
        shingles = reader.numbers(Self.shinglesMax)
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

    mutating func byte() -> UInt8 { take(1).map { bytes[$0] } ?? 0 }

    mutating func number32() -> UInt32 { take(4).map { number32(at: $0) } ?? 0 }

    mutating func number64() -> UInt64 { UInt64(number32()) | UInt64(number32()) << 32 }

    /// A list of words with its count before it.
    mutating func words(_ limit: Int) -> [ArticleFeatures.Word] {
        list(limit, size: 6) { reader, place in
            let traits = reader.bytes[place + 5]
            return ArticleFeatures.Word(
                key: reader.number32(at: place),
                count: reader.bytes[place + 4],
                salience: traits & (ArticleFeatures.isLeadingBit - 1),
                isLeading: traits & ArticleFeatures.isLeadingBit != 0
            )
        }
    }

    /// A list of numbers with its count before it.
    mutating func numbers(_ limit: Int) -> [UInt32] {
        list(limit, size: 4) { $0.number32(at: $1) }
    }

    /// Looks once whether the whole list is there: several articles are read for each that comes.
    @inline(__always)
    private mutating func list<Element>(
        _ limit: Int,
        size: Int,
        _ element: (FeatureReader, Int) -> Element
    ) -> [Element] {
        let count = Int(number32())
        if count > limit { isDamaged = true }
        guard !isDamaged, let start = take(count * size) else { return [] }
        return (0..<count).map { element(self, start + $0 * size) }
    }

    /// Where so many bytes begin; `nil` when there are fewer.
    private mutating func take(_ size: Int) -> Int? {
        guard size <= bytes.count - offset else {
            isDamaged = true
            return nil
        }
        offset += size
        return offset - size
    }

    private func number32(at place: Int) -> UInt32 {
        let raw = unsafe bytes.span.bytes
        return UInt32(
            littleEndian: unsafe raw.unsafeLoadUnaligned(fromByteOffset: place, as: UInt32.self)
        )
    }
}
