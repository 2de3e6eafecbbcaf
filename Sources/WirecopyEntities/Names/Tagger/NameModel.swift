/// What the tagger has learned: weights of two readings of a document.
///
/// Trained by `wirecopy-train names`; immutable.
package struct NameModel: Sendable, Equatable {
    /// Weights of a reading.
    package struct Reading: Sendable, Equatable {
        /// What answers say of labels.
        package var rows: NameRowTable
        /// What a label says of the next one.
        package var transitions: LabelTransitions

        /// Joins the parts.
        package init(rows: NameRowTable, transitions: LabelTransitions) {
            self.rows = rows
            self.transitions = transitions
        }
    }

    /// Which words stand in like company.
    package var classes: WordClasses
    /// Reads each token by itself and its neighbours.
    package var first: Reading
    /// Corrects by what the first reading found in the whole document.
    package var second: Reading

    /// Joins two readings.
    package init(classes: WordClasses, first: Reading, second: Reading) {
        self.classes = classes
        self.first = first
        self.second = second
    }
}
