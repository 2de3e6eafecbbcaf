/// Numbers as a row of small bars, the newest at the right.
enum Sparkline {
    private static let bars = Array("▁▂▃▄▅▆▇█")

    /// The last `width` numbers; the highest of them fills its place, 0 is a space's width of line.
    static func text(_ values: [Double], width: Int) -> String {
        let shown = values.suffix(max(0, width))
        let top = shown.max() ?? 0
        let text = shown.map { value -> Character in
            guard top > 0, value > 0 else { return bars[0] }
            let step = Int((value / top * Double(bars.count - 1)).rounded(.up))
            return bars[min(bars.count - 1, max(0, step))]
        }
        return String(repeating: " ", count: max(0, width - text.count)) + String(text)
    }
}
