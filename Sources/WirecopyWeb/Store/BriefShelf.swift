import Synchronization
import WirecopyStories

/// A brief as a page shows it: made once while its story stays the same.
struct ShownBrief: Sendable, Equatable {
    /// The parts of the brief as sections.
    let text: HTML
    /// Its days as a picture; empty where there is nothing to see.
    let timeline: HTML
    /// Who quotes and cites whom as a picture.
    let graph: HTML

    /// Shows a brief. Its lines lead to their places in the articles.
    init(_ brief: Brief) {
        let title = brief.headline?.text ?? "A story without a headline"
        let ids = brief.articles.map(\.id)
        let fragment = BriefHTML(
            brief,
            place: { "/articles/\($0.id)?at=\($0.start)-\($0.end)#here" },
            page: { "/articles/\($0.id)" }
        ).fragment
        // What these make of text of pages is escaped by them, as their own tests hold.
        text = HTML(trusted: fragment)
        timeline =
            ids.count > 1
            ? HTML(
                trusted: TimelinePicture(StoryTimeline(of: brief), title: title)
                    .svg(isStandalone: false)
            ) : .empty
        let network = StoryGraph(of: brief)
        graph =
            network.edges.isEmpty
            ? .empty
            : HTML(trusted: GraphPicture(network, title: title).svg(isStandalone: false))
    }
}

/// Keeps the briefs that were shown last: making one reads all articles of its story.
final class BriefShelf: Sendable {
    /// What a brief depends on: an article that comes, moves or changes changes one of these.
    struct Edition: Hashable {
        let story: Int
        let articles: Int
        let episodes: Int
        let lastMs: Int
        /// How often articles came from other stories or left for them.
        let changes: Int
    }

    /// Briefs that are kept, 60 kB each: what is read today.
    private static let keptMax = 64

    private struct State {
        var briefs: [Edition: ShownBrief] = [:]
        /// The editions, those that were asked for last at the end.
        var order: [Edition] = []
    }

    private let state = Mutex(State())

    /// The brief of an edition, if it is kept.
    func brief(of edition: Edition) -> ShownBrief? {
        state.withLock { state in
            guard let brief = state.briefs[edition] else { return nil }
            state.order.removeAll { $0 == edition }
            state.order.append(edition)
            return brief
        }
    }

    /// Keeps a brief, and lets go of the one that was not asked for longest.
    func keep(_ brief: ShownBrief, of edition: Edition) {
        state.withLock { state in
            if state.briefs.updateValue(brief, forKey: edition) == nil {
                state.order.append(edition)
            }
            while state.order.count > Self.keptMax {
                state.briefs[state.order.removeFirst()] = nil
            }
        }
    }
}
