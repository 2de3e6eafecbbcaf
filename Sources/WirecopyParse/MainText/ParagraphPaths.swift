/// Where a page's paragraphs stand, and how each region lies to that place.
///
/// The paragraphs of an article mostly stand side by side in one element, under the same names.
/// What stands apart from them, in a branch of its own or under other names, is a box, a teaser, an
/// embedded post: even when it is prose.
struct ParagraphPaths {
    /// Blocks that share a path, or a branch.
    struct Group {
        private(set) var blocks = 0
        private(set) var bytes = 0
        private(set) var prose = 0
        private(set) var proseBlocks = 0

        fileprivate mutating func add(bytes: Int, isProse: Bool) {
            blocks += 1
            self.bytes += bytes
            prose += isProse ? bytes : 0
            proseBlocks += isProse ? 1 : 0
        }

        /// The share of its text that is prose, from 0 to 1.
        var proseShare: Float { Float(prose) / Float(max(1, bytes)) }
    }

    private let outline: PageOutline
    /// The region in whose children stands more prose than in those of any other.
    let home: Int
    /// Bytes of prose that stand in children of each region.
    private let childProse: [Int]
    /// Regions down to each region from the nearest one that is `home` or lies around it.
    private(set) var down: [Int] = []
    /// Regions from `home` up to that nearest one.
    private(set) var up: [Int] = []
    /// The outermost region around each region that does not also lie around `home`.
    private var branches: [Int] = []
    /// What stands in each branch, by its outermost region.
    private var groupByBranch: [Group] = []
    private var groups: [Group] = []
    private var groupByPath: [UInt64: Int] = [:]
    /// For each of `pathLevels`, the group of each region that has blocks; -1 for others.
    private var groupByRegion: [[Int]] = []
    /// The first and the last paragraph in children of `home`.
    private(set) var ends = (first: 0, last: 0)

    init(_ outline: PageOutline, _ sums: PageSums) {
        self.outline = outline
        var childProse = Array(repeating: 0, count: outline.regions.count)
        for (index, block) in outline.blocks.enumerated() where sums.isProse(index) {
            childProse[outline.regions[block.region].parent] += block.textBytes
        }
        self.childProse = childProse
        let most = childProse.max() ?? 0
        home = childProse.firstIndex(of: most) ?? 0
        findBranches()
        findGroups(sums)
    }

    private mutating func findBranches() {
        var steps = Array(repeating: -1, count: outline.regions.count)
        for (step, region) in outline.regions(around: home).enumerated() { steps[region] = step }
        for (index, region) in outline.regions.enumerated() {
            let isAround = steps[index] >= 0 || index == 0
            let parent = region.parent
            down.append(isAround ? 0 : down[parent] + 1)
            up.append(isAround ? max(0, steps[index]) : up[parent])
            branches.append(isAround || down[parent] == 0 ? index : branches[parent])
        }
    }

    private mutating func findGroups(_ sums: PageSums) {
        let unknown = Array(repeating: -1, count: outline.regions.count)
        groupByRegion = Array(repeating: unknown, count: Self.pathLevels.count)
        groupByBranch = Array(repeating: Group(), count: outline.regions.count)
        var ends: (first: Int, last: Int)?
        for (index, block) in outline.blocks.enumerated() {
            let isProse = sums.isProse(index)
            groupByBranch[branches[block.region]].add(bytes: block.textBytes, isProse: isProse)
            for level in Self.pathLevels.indices {
                let group = group(of: block.region, level)
                groups[group].add(bytes: block.textBytes, isProse: isProse)
            }
            if isProse, outline.regions[block.region].parent == home {
                ends = (ends?.first ?? index, index)
            }
        }
        self.ends = ends ?? (0, 0)
    }

    /// The number of a region's group, a new one for a new path.
    private mutating func group(of region: Int, _ level: Int) -> Int {
        let known = groupByRegion[level][region]
        guard known < 0 else { return known }
        let path = path(of: region, Self.pathLevels[level])
        let group = groupByPath[path] ?? groups.count
        if group == groups.count {
            groups.append(Group())
            groupByPath[path] = group
        }
        groupByRegion[level][region] = group
        return group
    }

    /// Names that make a path: its element's and those of the elements around it.
    static let pathLevels = [2, 3]

    private func path(of region: Int, _ levels: Int) -> UInt64 {
        var (path, region) = (UInt64(levels), region)
        for _ in 0..<levels {
            path = (path ^ UInt64(outline.regions[region].name)) &* 0x9E37_79B9_7F4A_7C15
            path ^= path >> 29
            region = outline.regions[region].parent
        }
        return path
    }

    /// The blocks under the same names as a region that has some, as many levels up as one of
    /// `pathLevels` says.
    func group(samePathAs region: Int, levels: Int) -> Group {
        let group = Self.pathLevels.firstIndex(of: levels).map { groupByRegion[$0][region] } ?? -1
        return group < 0 ? Group() : groups[group]
    }

    /// The blocks that leave the way to `home` at the same place.
    func group(sameBranchAs region: Int) -> Group { groupByBranch[branches[region]] }

    /// Bytes of prose that stand in children of the region around one.
    func siblingProse(of region: Int) -> Int { childProse[outline.regions[region].parent] }

    /// Bytes of prose that stand in children of `home`.
    var homeProse: Int { childProse[home] }
}
