import WirecopyProgram

/// A length of time as people type it: `90s`, `15m`, `2h`, `1d`.
struct PollInterval {
    /// From a minute to 30 days.
    let duration: Duration

    /// Reads a length of time.
    init(_ text: String) throws(ProgramFailure) {
        let units: [Character: Int] = ["s": 1, "m": 60, "h": 3600, "d": 86_400]
        guard let unit = text.last.flatMap({ units[$0] }), let number = Int(text.dropLast()),
            0...1_000_000 ~= number, 60...30 * 86_400 ~= number * unit
        else {
            throw ProgramFailure(
                .usage,
                "\(text) is no interval from a minute to 30 days; type 90s, 15m, 2h or 1d."
            )
        }
        duration = .seconds(number * unit)
    }
}
