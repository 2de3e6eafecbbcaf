import WirecopyMessages

/// The blocks of a page with what is looked up of each of them more than once.
struct PageBlocks {
    let outline: PageOutline
    /// The form of each block.
    let forms: [LineForm]
    /// Each block in lower case.
    let lines: [FoldedLine]
    /// The lists of phrases that speak in each block.
    let spoken: [SpokenPhrases]
    /// Labels that are believed, by region.
    let labels: [BoilerplateLabel?]

    init(_ outline: PageOutline) {
        self.outline = outline
        forms = outline.blocks.map { LineForm($0.text) }
        lines = outline.blocks.map { FoldedLine($0.text) }
        spoken = lines.map { SpokenPhrases(in: $0) }
        labels = RegionLabels.believed(outline, forms)
    }
}
