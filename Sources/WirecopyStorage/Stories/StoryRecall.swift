import WirecopyStories

/// What a process that writes a store remembers of its stories from one article to the next.
///
/// All of it is in the database too: to forget it costs time and changes nothing. It is that of the
/// last transaction that was committed, or of the one that is going on; `StoryDesk` sees to it.
struct StoryRecall: Sendable {
    /// The lists of words, and up to where they are stored; `nil` before they are asked for.
    var marks: StoryKeyTable.Marks?
    var lists = StoryKeyLists()
    /// For one search.
    var sums = NeighbourSums()
    /// Where articles are, of those that were met lately: a week of a large store.
    var places = RecentValues<ShelvedArticle>(generationMax: 32_768)
    /// Stories with all their articles, of those that were met lately.
    var stories = RecentValues<StoryRecord>(generationMax: 4096)
    /// Features that were read with places in the last search.
    var features: [Int64: ArticleFeatures] = [:]
}
