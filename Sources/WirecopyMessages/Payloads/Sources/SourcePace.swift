/// How often a source is polled: the bounds, and the estimate of when its articles appear.
///
/// Counts fade, so that what was long ago weighs little; the hours of the day are kept apart,
/// because newsrooms sleep.
package struct SourcePace: JSONRepresentable, Equatable {
    /// Until when the counts below were faded.
    package var asOf: Instant?
    /// Articles that appeared in each hour of the day, UTC, faded; 24 values.
    package var articles: [Double]
    /// Hours that were watched, in each hour of the day, faded; 24 values.
    package var hours: [Double]
    /// The longest time between two polls.
    package var longest: Duration
    /// The shortest time between two polls.
    package var shortest: Duration

    /// Hours of a day.
    package static let hoursOfDay = 24

    /// Makes the pace of a source of which nothing is known.
    package init(
        shortest: Duration = .seconds(300),
        longest: Duration = .seconds(24 * 3600)
    ) {
        articles = [Double](repeating: 0, count: Self.hoursOfDay)
        hours = articles
        self.shortest = shortest
        self.longest = longest
    }

    package init(from reader: inout JSONReader) throws(JSONFailure) {
        self.init()
        var pace = self
        try reader.object { (key, reader) throws(JSONFailure) in
            switch key {
            case "articles": pace.articles = try Self.counts(&reader)
            case "as_of_ms": pace.asOf = Instant(milliseconds: try reader.integer())
            case "hours": pace.hours = try Self.counts(&reader)
            case "longest_ms": pace.longest = .milliseconds(try reader.integer())
            case "shortest_ms": pace.shortest = .milliseconds(try reader.integer())
            default: try reader.skip()
            }
        }
        guard .zero < pace.shortest, pace.shortest <= pace.longest else {
            throw reader.invalid("shortest_ms is positive and not greater than longest_ms.")
        }
        self = pace
    }

    private static func counts(_ reader: inout JSONReader) throws(JSONFailure) -> [Double] {
        var counts: [Double] = []
        try reader.array { (reader) throws(JSONFailure) in
            counts.append(try reader.number())
        }
        guard counts.count == hoursOfDay, counts.allSatisfy({ $0.isFinite && $0 >= 0 }) else {
            throw reader.invalid("A day has \(hoursOfDay) counts, none below 0.")
        }
        return counts
    }

    package func write(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.key("articles")
            writer.array(articles) { $0.number($1) }
            writer.field("as_of_ms", asOf?.milliseconds)
            writer.key("hours")
            writer.array(hours) { $0.number($1) }
            writer.field("longest_ms", longest.wholeMilliseconds)
            writer.field("shortest_ms", shortest.wholeMilliseconds)
        }
    }
}
