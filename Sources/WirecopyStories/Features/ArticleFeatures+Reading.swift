package import WirecopyMessages

extension ArticleFeatures {
    /// Bytes at the beginning of a text that tell what it is about, as its headline does: two
    /// sentences of news.
    private static let leadBytes = 350
    /// Words of a statement that make a shingle.
    private static let shingleWords = 4

    /// Bytes of a text with each word that is not a common one, at least.
    private static let bytesOfWord = 5

    /// Reads the features of an article.
    package init(_ annotated: AnnotatedArticle) {
        self.init(annotated, mainText: Array(annotated.article.mainText.utf8))
    }

    /// Reads the features of an article whose main text is at hand in UTF-8.
    package init(_ annotated: AnnotatedArticle, mainText: [UInt8]) {
        self.init()
        publishedMilliseconds = Self.publication(of: annotated.article)
        let text = OwnText.bytes(of: annotated.article, mainText)
        var sightings = WordSightings(capacity: text.count / Self.bytesOfWord)
        readText(text, &sightings)
        Self.readNames(of: annotated, text, &sightings)
        Self.readHeadline(annotated.article.title?.value ?? "", &sightings)
        words = Self.mostUsed(sightings.words())
        readDays(of: annotated, text, mainText)
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

    private mutating func readText(_ text: [UInt8], _ sightings: inout WordSightings) {
        var (total, seen) = (0, [UInt32]())
        FeatureWords.forEach(in: text, text.indices) { word in
            if word.isNumber { seen.append(word.key) }
            guard !word.isCommon else { return }
            total += 1
            let isBeginning = word.range.lowerBound < Self.leadBytes
            sightings.addText(word.key, isBeginning: isBeginning)
        }
        length = total
        numbers = seen.ascending(max: Self.numbersMax)
    }

    /// Every mention tells of its entity with all words of the entity's name.
    private static func readNames(
        of annotated: AnnotatedArticle,
        _ text: [UInt8],
        _ sightings: inout WordSightings
    ) {
        var times = [Int](repeating: 0, count: annotated.entities.count)
        for mention in annotated.mentions
        where times.indices.contains(mention.entity)
            && OwnText.isRead(text, at: mention.range.start)
        {
            times[mention.entity] += mention.range.start < leadBytes ? 2 : 1
        }
        for (entity, times) in zip(annotated.entities, times) where times > 0 {
            var keys = keys(of: entity.name)
            keys.sort()
            for (place, key) in keys.enumerated() where place == 0 || key != keys[place - 1] {
                sightings.addName(key, times: times)
            }
        }
    }

    private static func readHeadline(_ title: String, _ sightings: inout WordSightings) {
        for key in keys(of: title) { sightings.addHeadline(key) }
    }

    private static func keys(of line: String) -> [UInt32] {
        var keys: [UInt32] = []
        let text = Array(line.utf8)
        FeatureWords.forEach(in: text, text.indices) { if !$0.isCommon { keys.append($0.key) } }
        return keys
    }

    /// The words that the article uses most; of equal ones, those with the lower keys.
    private static func mostUsed(_ words: [Word]) -> [Word] {
        guard words.count > wordsMax else { return words }
        var counts = [Int](repeating: 0, count: Word.rankMax + 1)
        for word in words { counts[word.rank] += 1 }
        var (border, room) = (Word.rankMax, wordsMax)
        while counts[border] <= room {
            room -= counts[border]
            border -= 1
        }
        return words.filter { word in
            guard word.rank == border, room > 0 else { return word.rank > border }
            room -= 1
            return true
        }
    }

    private mutating func readDays(
        of annotated: AnnotatedArticle,
        _ text: [UInt8],
        _ whole: [UInt8]
    ) {
        let named = annotated.values.filter { OwnText.isRead(text, at: $0.range.start) }
            .compactMap(\.date)
            .filter { $0.precision == .day && $0.end == nil }
            .compactMap { $0.date.flatMap(SortableInstant.milliseconds) }
            .map { Int32(clamping: $0 / Self.millisecondsOfDay) }
        days = named.ascending(max: Self.daysMax)
        guard publishedMilliseconds == nil else { return }
        let open = annotated.values.filter { $0.date.map { $0.date == nil } ?? false }
        let months = open.filter { $0.date?.precision == .month }
            .compactMap { YearlessDay.readMonth(whole, $0.range) }
        let ownDays = open.filter { $0.date?.precision == .day }
        let yearless = ownDays.compactMap { YearlessDay.read(whole, $0.range) }
        yearlessDays = yearless.ascending(max: Self.daysMax)
        latestYearless = (yearless + months).max() ?? 0
        hasOwnDays = ownDays.count > yearless.count
    }

    private mutating func readStatements(of annotated: AnnotatedArticle, _ text: [UInt8]) {
        var found: [UInt32] = []
        for quotation in annotated.quotations where quotation.kind != .notSpeech {
            let end = min(max(quotation.range.end, 0), text.count)
            let start = min(max(quotation.range.start, 0), end)
            var (count, keys) = (0, SIMD4<UInt32>())
            FeatureWords.forEach(in: text, start..<end) { word in
                keys = SIMD4(keys[1], keys[2], keys[3], word.key)
                count += 1
                if count >= Self.shingleWords { found.append(Self.shingle(keys)) }
            }
        }
        shingles = found.ascending(max: Self.shinglesMax)
    }

    private static func shingle(_ keys: SIMD4<UInt32>) -> UInt32 {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for place in 0..<shingleWords {
            hash = (hash ^ UInt64(keys[place])) &* 0x9E37_79B9_7F4A_7C15
        }
        return UInt32(truncatingIfNeeded: hash >> 32)
    }
}

extension ArticleFeatures.Word {
    /// The highest `rank`.
    fileprivate static let rankMax = 255 + 2 * salienceMax + leadingShare
    private static let salienceMax = 8
    private static let leadingShare = 4

    /// What the article loses when it loses the word; names are first among equals.
    fileprivate var rank: Int {
        Int(count) + 2 * min(Int(salience), Self.salienceMax)
            + (isLeading ? Self.leadingShare : 0)
    }
}

extension Array where Element: Comparable {
    /// The lowest elements in order, each once.
    fileprivate func ascending(max limit: Int) -> [Element] {
        var kept: [Element] = []
        for element in sorted() where kept.last != element {
            guard kept.count < limit else { break }
            kept.append(element)
        }
        return kept
    }
}
