/// The numbers by which the date forest compares a page's days with each other.
extension DateCandidates {
    /// Numbers of one candidate.
    static let numberCount = Place.allCases.count + 40 + anchorPlaces.count + listedPlaces.count

    /// The numbers of all candidates, in the table's order.
    func rows() -> [[Float]] {
        let page = PageNumbers(self)
        return table.candidates.indices.map { index in
            table.supports(index) + own(index) + among(index, page) + witnesses(index, page)
                + zones(index, page) + shown(index, page)
        }
    }

    /// What is the same for all days of a page.
    private struct PageNumbers {
        let ordinals: [Int]
        let anchors: [Int?]
        let strengths: [Float]
        let groups: [Int]
        /// Days by how near to the text they are shown, the nearest first.
        let nearest: [Int]
        /// Days in the order in which they are shown.
        let shownFirst: [Int]
        /// Index of each day number.
        let indexByOrdinal: [Int: Int]

        init(_ candidates: DateCandidates) {
            let days = candidates.days
            ordinals = days.map(\.date.dayNumber)
            anchors = DateCandidates.anchorPlaces.map { place in
                candidates.table.candidates.firstIndex { $0.ranks[place.rawValue] == 1 }
                    .map { days[$0].date.dayNumber }
            }
            strengths = days.indices.map { candidates.count(DateCandidates.strongPlaces, $0) }
            groups = days.indices.map { index in
                DateCandidates.witnessGroups.count { candidates.stands(index, on: $0) }
            }
            nearest = days.indices.filter { days[$0].blockCount > 0 }
                .sorted { abs(days[$0].distance) < abs(days[$1].distance) }
            shownFirst = days.indices.filter { days[$0].blockCount > 0 }
                .sorted { (days[$0].firstBlock ?? 0) < (days[$1].firstBlock ?? 0) }
            indexByOrdinal = Dictionary(
                zip(ordinals, ordinals.indices),
                uniquingKeysWith: { first, _ in first }
            )
        }
    }

    private func own(_ index: Int) -> [Float] {
        let day = days[index]
        return [
            Float(table.supportCount(index)),
            Float(table.candidates[index].count),
            Float(day.finest.precision.rank),
            day.hasOffset ? 1 : 0,
            day.date.day == 1 ? (day.date.month == 1 ? 2 : 1) : 0,
            day.distance,
            day.distanceFromHeadline,
            Float(day.blockCount),
        ]
    }

    /// Where it lies among the page's other days.
    private func among(_ index: Int, _ page: PageNumbers) -> [Float] {
        let own = page.ordinals[index]
        let row = [
            Float(days.count),
            Float(page.ordinals.count { $0 < own }),
            Float(page.ordinals.count { $0 > own }),
            page.indexByOrdinal[own + 1] == nil ? 0 : 1,
            page.indexByOrdinal[own - 1] == nil ? 0 : 1,
            clipped(own - (page.ordinals.min() ?? own)),
            clipped((page.ordinals.max() ?? own) - own),
        ]
        return row + page.anchors.map { $0.map { clipped(own - $0) } ?? -999 }
    }

    /// How many independent witnesses it has, and the others.
    private func witnesses(_ index: Int, _ page: PageNumbers) -> [Float] {
        let own = page.ordinals[index]
        let others = page.groups.indices.filter { $0 != index }
        let earlier = others.filter { page.ordinals[$0] < own }
        let later = others.filter { page.ordinals[$0] > own }
        return [
            page.strengths[index],
            others.map { page.strengths[$0] }.max() ?? 0,
            Float(page.groups[index]),
            Float(others.map { page.groups[$0] }.max() ?? 0),
            Float(earlier.map { page.groups[$0] }.max() ?? 0),
            Float(later.map { page.groups[$0] }.max() ?? 0),
            count(Self.modifiedPlaces, index),
            context.metadata.structured == nil ? 0 : 1,
            Float(context.metadata.structured?.kind ?? -1),
        ]
    }

    /// Whether a statement in UTC and a day beside it are the same moment at the page's place.
    private func zones(_ index: Int, _ page: PageNumbers) -> [Float] {
        let own = page.ordinals[index]
        let (before, after) = (page.indexByOrdinal[own - 1], page.indexByOrdinal[own + 1])
        return [
            Float(days[index].universalMinute ?? -1),
            Float(after.flatMap { days[$0].universalMinute } ?? -1),
            Float(before.flatMap { days[$0].universalMinute } ?? -1),
            Float(before.map { page.groups[$0] } ?? -1),
            Float(after.map { page.groups[$0] } ?? -1),
            before.map { count(Self.localPlaces, $0) } ?? -1,
            after.map { count(Self.localPlaces, $0) } ?? -1,
            count(Self.localPlaces, index),
            sameMoment(index, later: after) - sameMoment(before ?? index, later: index)
                + sameMoment(index, earlier: before) - sameMoment(after ?? index, earlier: index),
        ]
    }

    /// Whether a day is the local one of a statement in UTC that lies in the night behind it: 1, or
    /// 2 when the minutes of both agree too.
    private func sameMoment(_ index: Int, later: Int?) -> Float {
        guard let later, later != index, let minute = days[later].universalMinute,
            minute < Self.westernMinutesMax
        else { return 0 }
        return agreement(index, with: later, minute)
    }

    /// The same for a statement in the evening before it.
    private func sameMoment(_ index: Int, earlier: Int?) -> Float {
        guard let earlier, earlier != index, let minute = days[earlier].universalMinute,
            minute >= Self.easternMinutesMin
        else { return 0 }
        return agreement(index, with: earlier, minute)
    }

    private func agreement(_ local: Int, with stated: Int, _ minute: Int) -> Float {
        if let clock = days[local].shownClock, clock != 0, (clock - minute) % 30 == 0 { return 2 }
        return count(Self.localPlaces, local) > count(Self.localPlaces, stated) ? 1 : 0
    }

    /// How readers see it beside other days.
    private func shown(_ index: Int, _ page: PageNumbers) -> [Float] {
        let inHead = days.indices.filter { count(Self.headPlaces, $0) > 0 }
        let isShown = days[index].blockCount > 0
        return [
            isShown ? Float(page.nearest.firstIndex(of: index) ?? -1) : -1,
            isShown ? Float(page.shownFirst.firstIndex(of: index) ?? -1) : -1,
            Float(inHead.count),
            Float(inHead.firstIndex(of: index) ?? -1),
            Float(page.nearest.count),
            Float(table.counts[Place.labelledModified.rawValue]),
            Float(table.counts[Place.labelledPublished.rawValue]),
        ] + Self.listedPlaces.map { Float(table.counts[$0.rawValue]) }
    }

    private func count(_ places: [Place], _ index: Int) -> Float {
        Float(places.count { table.candidates[index].ranks[$0.rawValue] > 0 })
    }

    private func stands(_ index: Int, on places: [Place]) -> Bool {
        places.contains { table.candidates[index].ranks[$0.rawValue] > 0 }
    }

    private func clipped(_ days: Int) -> Float { Float(max(-400, min(400, days))) }

    private static let anchorPlaces: [Place] = [
        .address, .structured, .structuredModified, .metaPublished, .metaModified, .microdata,
        .scriptPublished, .elementInHead, .lineInHead, .structuredOther, .imageAddress,
    ]
    /// Places where a list of other articles leaves its dates too.
    private static let listedPlaces: [Place] = [
        .microdata, .metaPublished, .structuredOther, .scriptPublished, .attribute,
    ]
    private static let strongPlaces: [Place] = [
        .structured, .metaPublished, .microdata, .address, .metaDated, .scriptPublished,
        .elementInHead, .lineInHead, .labelledPublished,
    ]
    private static let modifiedPlaces: [Place] = [
        .labelledModified, .structuredModified, .metaModified, .microdataModified, .scriptModified,
    ]
    private static let headPlaces: [Place] = [.elementInHead, .lineInHead]
    /// Places where a date is that of the page's own time zone.
    private static let localPlaces: [Place] = [
        .address, .elementInHead, .lineInHead, .labelledPublished, .elementNear, .classNear,
        .lineNear, .imageAddress,
    ]
    /// Places that are written by the same program, together one witness.
    private static let witnessGroups: [[Place]] = [
        [.structured, .structuredOther, .structuredCreated],
        [.metaPublished, .metaDated, .metaOther],
        [.microdata, .microdataCreated],
        [.address],
        [.scriptPublished, .scriptDated],
        [
            .elementInHead, .lineInHead, .elementNear, .classNear, .lineNear, .labelledPublished,
            .openingLine,
        ],
        [.imageAddress],
        [.withoutYear],
    ]
}
