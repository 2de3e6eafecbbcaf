extension SearchReport {
    /// What is found where there is nothing to look for.
    package static let nothing = SearchReport(hasMore: false, isPartial: false, hits: [])
}

extension QuotationReport {
    /// What is found where there is nothing to look for.
    package static let nothing = QuotationReport(hasMore: false, quotations: [])
}
