import HTMLDocument
import HTMLPath
import WirecopyMessages

/// Reads a page for whose site there are rules.
///
/// What the rules strip is taken out of the page first, and the rest is read like any page. Then
/// the rules that lead to something go before what was found without them. A rule that leads to
/// nothing changes nothing.
struct RuledPage {
    private let page: PageSource
    private let rules: SiteRules
    private let document: HTMLDocument
    private var stripped: Set<NodeID> = []
    private var warnings: [String] = []

    /// Reads a page; never fails, but the draft may have no paragraphs.
    static func draft(
        of page: PageSource,
        _ rules: SiteRules,
        _ models: ParseModels
    ) -> ArticleDraft {
        var ruled = RuledPage(page: page, rules: rules)
        return ruled.draft(models)
    }

    private init(page: PageSource, rules: SiteRules) {
        self.page = page
        self.rules = rules
        document = page.document(of: page.body)
    }

    private mutating func draft(_ models: ParseModels) -> ArticleDraft {
        stripped = strippedNodes()
        let rest = PageSource(
            url: page.url,
            contentType: "text/html; charset=utf-8",
            body: document.markup(of: [document.root], without: stripped),
            fetchedAt: page.fetchedAt,
            hints: page.hints
        )
        var draft = HTMLPage.draft(of: rest, models)
        draft.encoding = document.sourceEncoding.rawValue.lowercased()
        draft.title = title() ?? draft.title
        let authors = authors()
        if !authors.isEmpty { draft.authors = authors }
        draft.published = published() ?? draft.published
        setText(of: &draft)
        draft.mainText.dropped += strippedBlocks().prefix(
            max(0, ParsedArticle.droppedMax - draft.mainText.dropped.count)
        )
        draft.warnings += warnings
        return draft
    }

    // MARK: - What rules lead to

    /// The nodes of the first expression that leads to some.
    private mutating func nodes(_ paths: [HTMLPath]) -> [PathNode] {
        for path in paths {
            do throws(PathFailure) {
                let found = try path.nodes(in: document)
                if !found.isEmpty { return found }
            } catch {
                passOver(path, error)
            }
        }
        return []
    }

    /// The texts of the first expression that leads to some that are not empty.
    private mutating func texts(_ paths: [HTMLPath]) -> [String] {
        for path in paths {
            do throws(PathFailure) {
                let texts = try path.strings(in: document).prefix(Self.textsMax)
                    .map { NormalText.string($0) }.filter { !$0.isEmpty }
                if !texts.isEmpty { return texts }
            } catch {
                passOver(path, error)
            }
        }
        return []
    }

    private mutating func passOver(_ path: HTMLPath, _ failure: PathFailure) {
        warnings.append("The rule \(path.text) was passed over. \(failure.message)")
    }

    private mutating func strippedNodes() -> Set<NodeID> {
        var nodes: Set<NodeID> = []
        for path in rules.strip {
            for case .node(let id) in self.nodes([path]) where id != document.root {
                nodes.insert(id)
            }
        }
        guard !rules.stripNames.isEmpty else { return nodes }
        for id in document.descendants(of: document.root) where isStrippedByName(id) {
            nodes.insert(id)
        }
        return nodes
    }

    private func isStrippedByName(_ id: NodeID) -> Bool {
        guard document.kind(of: id) == .element, document.tag(of: id) != .body,
            document.tag(of: id) != .html
        else { return false }
        return ["class", "id"].compactMap { document.attribute($0, of: id) }.contains { value in
            rules.stripNames.contains { value.contains($0) }
        }
    }

    private static let textsMax = 100

    // MARK: - Fields

    private mutating func title() -> Evidenced? {
        texts(rules.title).first.map { Evidenced($0, source: "site-rule", confidence: 0.95) }
    }

    private mutating func authors() -> [Evidenced] {
        Byline.names(in: texts(rules.author)).map {
            Evidenced($0, source: "site-rule", confidence: 0.95)
        }
    }

    private mutating func published() -> PublicationDate? {
        let language = document.documentElement.flatMap { document.attribute("lang", of: $0) }
        let decision = DateDecision(
            readOn: CalendarDate(page.fetchedAt),
            order: page.numericOrder(language: language)
        )
        return decision.decided(
            texts(rules.date).map { .init(source: "site-rule", text: $0, confidence: 0.95) }
        )
    }

    // MARK: - Text

    /// Takes the text that the rules choose; what was found without them and is not in it becomes
    /// boilerplate.
    private mutating func setText(of draft: inout ArticleDraft) {
        guard !rules.body.isEmpty else { return }
        let chosen = outermost(nodes(rules.body))
        let outline = outline(of: document.markup(of: chosen, without: stripped))
        let ruled = MainTextExtractor.wholeText(PageBlocks(outline))
        guard !ruled.paragraphs.isEmpty else {
            if !rules.autodetects { draft.mainText = MainText() }
            return
        }
        draft.mainText = Self.merged(ruled, with: draft.mainText)
        draft.warnings.append("The text was chosen by a rule for the site.")
    }

    private func outline(of markup: [UInt8]) -> PageOutline {
        OutlineReader.outline(of: HTMLDocument(parsingFragment: markup))
    }

    /// Elements that are not inside of another one of them.
    private func outermost(_ nodes: [PathNode]) -> [NodeID] {
        let ids = nodes.compactMap { node -> NodeID? in
            if case .node(let id) = node { id } else { nil }
        }
        let all = Set(ids)
        return ids.filter { id in !document.ancestors(of: id).contains { all.contains($0) } }
    }

    private static func merged(_ ruled: MainText, with found: MainText) -> MainText {
        var main = ruled
        let kept = Set(ruled.paragraphs.map(\.text))
        var place = 0
        var droppedIndex = 0
        func drop(_ block: DroppedBlock) {
            guard !kept.contains(block.text), main.dropped.count < ParsedArticle.droppedMax else {
                return
            }
            var block = block
            block.after = place
            main.dropped.append(block)
        }
        for (index, paragraph) in found.paragraphs.enumerated() {
            while droppedIndex < found.dropped.count,
                (found.dropped[droppedIndex].after ?? 0) <= index
            {
                drop(found.dropped[droppedIndex])
                droppedIndex += 1
            }
            if kept.contains(paragraph.text) {
                place = min(place + 1, ruled.paragraphs.count)
            } else {
                drop(DroppedBlock(.other, paragraph.text, source: LabelSource.siteRule.rawValue))
            }
        }
        place = ruled.paragraphs.count
        found.dropped[droppedIndex...].forEach(drop)
        return main
    }

    /// What the rules stripped, for those who ask why it is not there.
    private func strippedBlocks() -> [DroppedBlock] {
        let inOrder = document.descendants(of: document.root).filter(stripped.contains)
        let outer = outermost(inOrder.map(PathNode.node))
        return outline(of: document.markup(of: outer)).blocks.prefix(Self.textsMax).map { block in
            DroppedBlock(
                .other,
                NormalText.prefix(block.text, bytes: 500),
                source: LabelSource.siteRule.rawValue
            )
        }
    }
}
