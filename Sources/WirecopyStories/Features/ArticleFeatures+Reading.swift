package import WirecopyMessages

extension ArticleFeatures {
    /// Bytes at the beginning of a text that tell what it is about, as its headline does: two
    /// sentences of news.
    private static let leadBytes = 350
    /// Occurrences that one in the headline stands for.
    private static let headlineShare = 3
    /// Words of a statement that make a shingle.
    private static let shingleWords = 4

    /// Reads the features of an article; linear in its text.
    package init(_ annotated: AnnotatedArticle) {
        self.init()
        publishedMilliseconds = Self.publication(of: annotated.article)
        let text = OwnText.bytes(of: annotated.article)
        var table: [UInt32: Word] = [:]
        readText(text, &table)
        readNames(of: annotated, text, &table)
        readHeadline(Array((annotated.article.title?.value ?? "").utf8), &table)
        words = Self.bounded(table)
        readDays(of: annotated, text)
        readStatements(of: annotated, text)
    }

    /// When an article was published, when its page tells the day.
    private static func publication(of article: ParsedArticle) -> Int? {
        switch article.published?.precision {
        case nil, .year, .month: nil
        case .day, .minute, .second:
            article.published.flatMap { SortableInstant.milliseconds($0.date.value) }
        }
    }

    private mutating func readText(_ text: [UInt8], _ table: inout [UInt32: Word]) {
        var seen: Set<UInt32> = []
        var total = 0
        FeatureWords.forEach(in: text, text.indices) { word in
            if word.isNumber { seen.insert(word.key) }
            guard !word.isCommon else { return }
            total += 1
            table[word.key, default: Word(key: word.key, count: 0)].count.add(1)
            guard word.range.lowerBound < Self.leadBytes else { return }
            if table[word.key]?.isLeading == false {
                table[word.key]?.isLeading = true
                table[word.key]?.count.add(1)
            }
        }
        length = total
        numbers = Array(seen.sorted().prefix(Self.numbersMax))
    }

    /// Every mention tells of its entity with all words of the entity's name.
    private func readNames(
        of annotated: AnnotatedArticle,
        _ text: [UInt8],
        _ table: inout [UInt32: Word]
    ) {
        let keys = annotated.entities.map { Self.keys(of: $0.name) }
        for mention in annotated.mentions
        where keys.indices.contains(mention.entity)
            && OwnText.isRead(text, at: mention.range.start)
        {
            let share = mention.range.start < Self.leadBytes ? 2 : 1
            for key in keys[mention.entity] {
                table[key, default: Word(key: key, count: 1)].salience.add(share)
            }
        }
    }

    private static func keys(of name: String) -> Set<UInt32> {
        var keys: Set<UInt32> = []
        let text = Array(name.utf8)
        FeatureWords.forEach(in: text, text.indices) { if !$0.isCommon { keys.insert($0.key) } }
        return keys
    }

    private func readHeadline(_ title: [UInt8], _ table: inout [UInt32: Word]) {
        FeatureWords.forEach(in: title, title.indices) { word in
            guard !word.isCommon else { return }
            var entry = table[word.key] ?? Word(key: word.key, count: 0)
            entry.count.add(Self.headlineShare)
            if entry.salience > 0 { entry.salience.add(Self.headlineShare - 1) }
            entry.isLeading = true
            table[word.key] = entry
        }
    }

    /// The words that the article uses most; names first among equals.
    private static func bounded(_ table: [UInt32: Word]) -> [Word] {
        let ranked = table.values.sorted {
            let (left, right) = ($0.rank, $1.rank)
            return left == right ? $0.key < $1.key : left > right
        }
        return ranked.prefix(wordsMax).sorted { $0.key < $1.key }
    }

    private mutating func readDays(of annotated: AnnotatedArticle, _ text: [UInt8]) {
        let named = annotated.values.filter { OwnText.isRead(text, at: $0.range.start) }
            .compactMap(\.date)
            .filter { $0.precision == .day && $0.end == nil }
            .compactMap { $0.date.flatMap(SortableInstant.milliseconds) }
            .map { Int32(clamping: $0 / Self.millisecondsOfDay) }
        days = Array(Set(named).sorted().prefix(Self.daysMax))
        guard publishedMilliseconds == nil else { return }
        let whole = Array(annotated.article.mainText.utf8)
        let open = annotated.values.filter { $0.date.map { $0.date == nil } ?? false }
        let months = open.filter { $0.date?.precision == .month }
            .compactMap { YearlessDay.readMonth(whole, $0.range) }
        let ownDays = open.filter { $0.date?.precision == .day }
        let yearless = ownDays.compactMap { YearlessDay.read(whole, $0.range) }
        yearlessDays = Array(Set(yearless).sorted().prefix(Self.daysMax))
        latestYearless = (yearless + months).max() ?? 0
        hasOwnDays = ownDays.count > yearless.count
    }

    private mutating func readStatements(of annotated: AnnotatedArticle, _ text: [UInt8]) {
        var found: Set<UInt32> = []
        for quotation in annotated.quotations where quotation.kind != .notSpeech {
            let end = min(max(quotation.range.end, 0), text.count)
            let start = min(max(quotation.range.start, 0), end)
            var window: [UInt32] = []
            FeatureWords.forEach(in: text, start..<end) { word in
                window.append(word.key)
                guard window.count >= Self.shingleWords else { return }
                found.insert(Self.shingle(window.suffix(Self.shingleWords)))
            }
        }
        shingles = Array(found.sorted().prefix(Self.shinglesMax))
    }

    private static func shingle(_ keys: ArraySlice<UInt32>) -> UInt32 {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for key in keys { hash = (hash ^ UInt64(key)) &* 0x9E37_79B9_7F4A_7C15 }
        return UInt32(truncatingIfNeeded: hash >> 32)
    }
}

extension ArticleFeatures.Word {
    /// What the article loses when it loses the word.
    fileprivate var rank: Int {
        Int(count) + 2 * min(Int(salience), 8) + (isLeading ? 4 : 0)
    }
}

extension UInt8 {
    /// Adds, up to the largest number that fits.
    fileprivate mutating func add(_ number: Int) {
        self = UInt8(Swift.min(Int(self) + number, Int(UInt8.max)))
    }
}
