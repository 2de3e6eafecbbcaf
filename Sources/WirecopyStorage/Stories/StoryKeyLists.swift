/// The lists of words that a process remembers: those that were asked for lately, and all to which
/// something was added that their blocks do not have yet.
struct StoryKeyLists {
    private struct List {
        /// Ascending.
        var postings: [StoryKeyPosting] = []
        /// Whether what its block has is among them.
        var isWhole = false
        /// Whether its block lacks some.
        var isFresh = false
        /// The turn in which it was used last.
        var turn = 0

        /// - Returns: whether it was not fresh before.
        mutating func add(_ posting: StoryKeyPosting, turn: Int) -> Bool {
            postings.enter(posting)
            self.turn = turn
            defer { isFresh = true }
            return !isFresh
        }
    }

    private var lists: [UInt32: List] = [:]
    /// Keys of the fresh lists of each part.
    private var fresh = [[UInt32]](repeating: [], count: StoryKeyBlock.parts)
    /// Lists above which old ones are dropped.
    private var dropAbove = listsMax
    /// Counts articles, to know which lists were not used for long.
    private var turn = 0

    /// Postings of each key that are looked at: those that came before, and those that came after.
    private static let earlierOfKey = 24
    private static let laterOfKey = 8
    /// Lists that are kept: with 200 bytes each, 26 MB. The words of what is in the news; fresh
    /// ones are not counted, `StoryKeyTable.logMax` articles have them at most.
    private static let listsMax = 1 << 17
    /// Articles after which a list that nobody asked for is dropped when there are too many.
    private static let turnsMax = 8192

    /// Notes that the next article is looked at.
    mutating func beginTurn() { turn += 1 }

    /// Whether what the blocks have of a word must be read to know its list.
    func lacks(_ key: UInt32) -> Bool { lists[key]?.isWhole != true }

    /// The articles of a word that are nearest in time.
    mutating func near(
        _ key: UInt32,
        hour: Int,
        stored: (UInt32) throws -> [StoryKeyPosting]
    ) rethrows -> ArraySlice<StoryKeyPosting> {
        let index = try whole(key, stored)
        lists.values[index].turn = turn
        let postings = lists.values[index].postings
        var (low, high) = (0, postings.count)
        while low < high {
            let middle = (low + high) / 2
            if postings[middle].isUp(to: hour) { low = middle + 1 } else { high = middle }
        }
        let end = min(postings.count, low + Self.laterOfKey)
        return postings[max(0, low - Self.earlierOfKey)..<end]
    }

    private mutating func whole(
        _ key: UInt32,
        _ stored: (UInt32) throws -> [StoryKeyPosting]
    ) rethrows -> Dictionary<UInt32, List>.Index {
        if let index = lists.index(forKey: key), lists.values[index].isWhole { return index }
        var list = lists[key] ?? List()
        list.postings = Self.joined(try stored(key), list.postings)
        list.isWhole = true
        lists[key] = list
        return lists.index(forKey: key) ?? lists.startIndex
    }

    /// Adds an article to the list of a word.
    mutating func add(_ posting: StoryKeyPosting, to key: UInt32) {
        let isFirst = lists[key, default: List()].add(posting, turn: turn)
        if isFirst { fresh[StoryKeyBlock.part(of: key)].append(key) }
    }

    /// Gives up what is fresh in a part, so that it is stored: calls `replace` for each block with
    /// its keys, ascending, and what makes a list out of the stored one.
    mutating func settle(
        part: Int,
        _ replace: (
            ArraySlice<UInt32>, (UInt32, [StoryKeyPosting]) -> [StoryKeyPosting]
        ) throws -> Void
    ) rethrows {
        let keys = fresh[part].sorted()
        var start = 0
        while start < keys.count {
            let block = StoryKeyBlock.block(of: keys[start])
            let end = keys[start...].firstIndex { StoryKeyBlock.block(of: $0) != block }
            try replace(keys[start..<(end ?? keys.count)]) { key, stored in
                guard let list = lists[key] else { return stored }
                return list.isWhole ? list.postings : Self.joined(stored, list.postings)
            }
            start = end ?? keys.count
        }
        fresh[part] = []
        for key in keys {
            if lists[key]?.isWhole == true {
                lists[key]?.isFresh = false
            } else {
                lists[key] = nil
            }
        }
        dropOld()
    }

    private mutating func dropOld() {
        guard lists.count > dropAbove else { return }
        let since = turn - Self.turnsMax
        lists = lists.filter { $0.value.isFresh || $0.value.turn > since }
        if lists.count > 2 * Self.listsMax { lists = lists.filter(\.value.isFresh) }
        // All are gone through, which is worth it when there are a quarter more.
        dropAbove = max(Self.listsMax, lists.count / 4 * 5)
    }

    private static func joined(
        _ stored: [StoryKeyPosting],
        _ fresh: [StoryKeyPosting]
    ) -> [StoryKeyPosting] {
        var postings = stored
        for posting in fresh { postings.enter(posting) }
        return postings
    }
}

extension [StoryKeyPosting] {
    /// Inserts an article in its place, instead of where it was before; one too many makes that
    /// with the lowest number leave, which came first.
    fileprivate mutating func enter(_ posting: StoryKeyPosting) {
        removeAll { $0.article == posting.article }
        if count >= StoryKeyBlock.postingsMax,
            let first = indices.min(by: { self[$0].article < self[$1].article })
        {
            remove(at: first)
        }
        let place = lastIndex { $0 < posting }.map { $0 + 1 } ?? 0
        insert(posting, at: place)
    }
}
