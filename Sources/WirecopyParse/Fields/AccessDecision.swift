import WirecopyMessages

/// Decides whether everybody may read an article: by what the page states, else by what it shows.
struct AccessDecision {
    private let metadata: PageMetadata

    init(_ metadata: PageMetadata) { self.metadata = metadata }

    /// The best statement; a page whose flags call it a paywall's stub is not for everybody.
    func found(_ flags: [PageFlag]) -> ArticleAccess? {
        structured() ?? tier() ?? other() ?? shown(flags)
    }

    /// `isAccessibleForFree` (schema.org), of the article or of a part of it.
    private func structured() -> ArticleAccess? {
        for data in metadata.structuredArticles {
            if data.isFree != true, data.hasLockedPart {
                return ArticleAccess(
                    .paywalled,
                    source: "json-ld",
                    confidence: Confidence.stated,
                    evidence: "hasPart: isAccessibleForFree: false"
                )
            }
            if let isFree = data.isFree {
                return stated(isFree, "json-ld", "isAccessibleForFree: \(isFree)")
            }
        }
        for value in metadata.items.values("isaccessibleforfree") {
            guard let isFree = Self.truth(value.text) else { continue }
            return stated(isFree, value.source, "isAccessibleForFree: \(value.text)")
        }
        return nil
    }

    private func stated(_ isFree: Bool, _ source: String, _ evidence: String) -> ArticleAccess {
        ArticleAccess(
            isFree ? .free : .paywalled,
            source: source,
            confidence: isFree ? Confidence.statedFree : Confidence.stated,
            evidence: NormalText.prefix(evidence, bytes: 200)
        )
    }

    /// `article:content_tier` (Facebook's instant articles): free, metered or locked.
    private func tier() -> ArticleAccess? {
        guard let tier = metadata.meta("article:content_tier")?.value.lowercased() else {
            return nil
        }
        let kind: ArticleAccess.Kind? =
            switch tier {
            case "free": .free
            case "metered": .metered
            default: PageFlagPhrases.tiers.contains(tier) ? .paywalled : nil
            }
        return kind.map {
            ArticleAccess(
                $0,
                source: "article:content_tier",
                confidence: Confidence.tier,
                evidence: tier
            )
        }
    }

    /// Names that content systems and paywalls' makers use, true for paid articles.
    private func other() -> ArticleAccess? {
        for name in Self.paidMetas {
            guard let value = metadata.meta(name)?.value, let isPaid = Self.truth(value) else {
                continue
            }
            return ArticleAccess(
                isPaid ? .paywalled : .free,
                source: name,
                confidence: Confidence.meta,
                evidence: NormalText.prefix(value, bytes: 200)
            )
        }
        return nil
    }

    private func shown(_ flags: [PageFlag]) -> ArticleAccess? {
        flags.first { $0.kind == .paywallStub }.map {
            ArticleAccess(
                .paywalled,
                source: $0.source,
                confidence: $0.confidence,
                evidence: $0.evidence
            )
        }
    }

    private static func truth(_ text: String) -> Bool? {
        switch text.lowercased() {
        case "true", "yes", "1", "paid", "premium", "locked": true
        case "false", "no", "0", "free", "open": false
        default: nil
        }
    }

    /// All of 62 statements read on saved pages were what the page says of itself, and no page that
    /// calls its article free broke off; whether a reader is let in no page shows. Names that only
    /// some systems use were too few to count.
    private enum Confidence {
        static let stated = 0.95
        static let statedFree = 0.95
        static let tier = 0.95
        static let meta = 0.8
    }

    private static let paidMetas = [
        "paywall", "is_paid", "ispaid", "premium", "article:premium", "article:paywall",
        "is_premium", "ispremium", "cxenseparse:paywall", "ob_premium", "article-premium",
        "has_paywall", "haspaywall", "og:paywall",
    ]
}
