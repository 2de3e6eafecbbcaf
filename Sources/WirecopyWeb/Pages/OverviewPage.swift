import WirecopyClient
import WirecopyMessages
import WirecopyStorage

/// The front page: the stages as a flow, the ledger with its light, what came last.
struct OverviewPage {
    /// What is known of the queue.
    let look: QueueLook
    /// The newest articles, or why there are none.
    let newest: Result<ArticleListReport, WebFailure>
    /// The newest stories, already shown; empty when there are none.
    var stories: HTML = .empty

    /// The page.
    var document: Document {
        Document(title: "Overview", part: .overview, main: main, isLive: true)
    }

    private var event: LiveEvent { LiveEvent(look) }

    private var main: HTML {
        """
        <h1 class="unseen">Overview</h1>
        \(health)
        \(Parts.section("flow", "Pipeline", flow))
        \(Parts.section("ledger", "Ledger", ledger))
        <div class="columns">
        \(Parts.section("stories", "Newest stories", stories))
        \(Parts.section("newest", "Newest articles", articles))
        </div>
        """
    }

    private var health: HTML {
        """
        <p class="health" role="status"><span class="light" data-live-state="health.state" \
        data-state="\(look.health.word)" aria-hidden="true"></span>
        <strong data-live="health.state">\(look.health.word)</strong>
        <span data-live="health">\(look.health.sentence)</span></p>
        """
    }

    // MARK: - Stages

    private var flow: HTML {
        guard let status = look.history.latest else {
            return Parts.nothing(
                "Rates are shown while a broker runs: <code>wirecopy up</code> starts one."
            )
        }
        let event = event
        let stages = status.stages.map { stage(named: $0.stage.rawValue, event) }
        return """
            <ol class="flow">
            \(end("entered", "entered", event))
            \(stages.joined(separator: "\n"))
            \(end("outcome.stored", "stored", event))
            </ol>
            <p class="aside">In flight <strong data-live="in_flight">\
            \(event.text["in_flight"] ?? "")</strong>, \
            <span data-live="drain">\(event.text["drain"] ?? "")</span>.</p>
            """
    }

    private func end(_ key: String, _ label: String, _ event: LiveEvent) -> HTML {
        """
        <li class="end"><strong data-live="\(key)">\(event.text[key] ?? "0")</strong>
        <span>\(label)</span></li>
        """
    }

    private func stage(named name: String, _ event: LiveEvent) -> HTML {
        let key = "stage.\(name)"
        func live(_ part: String) -> HTML {
            "<span data-live=\"\(key).\(part)\">\(event.text["\(key).\(part)"] ?? "–")</span>"
        }
        return """
            <li class="stage">
            <h3>\(name) <small>\(live("state"))</small></h3>
            <p class="rate"><strong>\(live("out"))</strong> a second</p>
            <svg class="line" viewBox="0 0 \(LiveEvent.lineWidth) \(LiveEvent.lineHeight)" \
            preserveAspectRatio="none" role="img" \
            aria-label="Rate of \(name) over the last minute">
            <polyline data-live-line="\(key).rates" points="\(event.line["\(key).rates"] ?? "")" />
            </svg>
            <dl>
            <div><dt>waiting</dt><dd>\(live("backlog"))</dd></div>
            <div><dt>work, median</dt><dd>\(live("p50"))</dd></div>
            <div><dt>workers</dt><dd>\(live("workers"))</dd></div>
            <div><dt>dead</dt><dd>\(live("dead"))</dd></div>
            </dl>
            </li>
            """
    }

    // MARK: - Ledger

    private var ledger: HTML {
        guard let ledger = look.history.latest?.ledger else { return .empty }
        let event = event
        let reasons = ledger.reasons.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
            .prefix(Self.reasonsMax)
            .map { reason, count -> HTML in
                """
                <tr><th scope="row"><code>\(reason)</code></th>\
                <td class="number">\(Figure.count(count))</td></tr>
                """
            }
        let table =
            reasons.isEmpty
            ? HTML.empty
            : Parts.table(
                "Pages that were rejected or given up, by reason",
                [.init("Reason"), .init("Pages", isNumber: true)],
                Array(reasons)
            )
        return """
            <p class="sum" data-live="ledger">\(event.text["ledger"] ?? "")</p>
            \(table)
            """
    }

    private static let reasonsMax = 8

    // MARK: - Articles

    private var articles: HTML {
        switch newest {
        case .failure(let failure): return Parts.nothing("\(failure.message)")
        case .success(let report):
            guard !report.articles.isEmpty else {
                return Parts.nothing(
                    "No article yet. <code>wirecopy add URL</code> takes pages in."
                )
            }
            return ArticleList(report.articles).html
                + Parts.next("/articles", [], "All articles")
        }
    }
}
