import WirecopyMessages

extension OutcomeKind {
    /// `57 stored`, `2 duplicate`: a part for each outcome that occurs, in the order of the list.
    static func counts(_ count: (OutcomeKind) -> Int) -> [String] {
        allCases.filter { count($0) > 0 }.map { "\(count($0)) \($0.rawValue)" }
    }
}
