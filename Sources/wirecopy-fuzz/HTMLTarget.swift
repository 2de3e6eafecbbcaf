/// News pages that were damaged, through the whole parse stage.
///
/// Must be true: see `ParseCheck`. A page without damage gives an article.
struct HTMLTarget: FuzzTarget {
    /// One case in so many is no page at all.
    private static let noiseOnceIn = 24

    func input(using generator: inout SeededGenerator) -> FuzzInput {
        if generator.once(in: Self.noiseOnceIn) {
            let noise = (0..<generator.below(3000)).map { _ in UInt8(generator.below(256)) }
            return FuzzInput([noise])
        }
        var page = NewsPageMaker.page(using: &generator)
        if generator.once(in: 16) { return FuzzInput([page], isWhole: true) }
        for _ in 0...generator.below(6) { HTMLMutator.damage(&page, using: &generator) }
        return FuzzInput([page])
    }

    func check(_ input: FuzzInput) throws(FuzzFinding) -> FuzzVerdict {
        try ParseCheck.check(input.frames.first ?? [])
    }
}
