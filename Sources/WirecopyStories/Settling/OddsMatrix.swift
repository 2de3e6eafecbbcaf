/// Log-odds of each pair of a few articles: that both report on one story.
struct OddsMatrix: Sendable {
    /// How many articles.
    let count: Int
    private var values: [Float]

    /// Makes a matrix of zeros.
    init(count: Int) {
        self.count = count
        values = [Float](repeating: 0, count: count * count)
    }

    /// The log-odds of two articles, which are the same both ways round.
    subscript(left: Int, right: Int) -> Float {
        get { values[left * count + right] }
        set {
            values[left * count + right] = newValue
            values[right * count + left] = newValue
        }
    }
}
