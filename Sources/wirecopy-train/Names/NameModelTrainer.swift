import WirecopyEntities

/// Trains both readings of the tagger.
///
/// The second reading learns from what first readings say of documents that they were not trained
/// on: what a reading says of its own documents is too good to learn from.
struct NameModelTrainer {
    /// How to train.
    struct Settings {
        var first = NameTrainer.Settings()
        var second = NameTrainer.Settings()
        /// Parts of the documents, each read by a first reading of the others.
        var folds = 3
        /// Epochs of the first readings that only serve the second one.
        var foldEpochs = 5
        /// First readings from different seeds, of which the mean is taken.
        var seeds = 4
        /// Answers that are seen less often are left out.
        var countMin: UInt32 = 2
        /// Rows that are kept of the first and the second reading.
        var rows = 200_000
        var secondRows = 26_000

        /// Values that served best on documents of sources that were left out.
        init() {
            second.epochs = 12
            second.margin = 100
            second.unit = 0.6
            second.hidden = 0
            second.dropout = 0
            second.hiddenLists = 0
            second.hiddenRules = 0
        }
    }

    let settings: Settings
    /// The classes of words that the examples were read with.
    let classes: WordClasses
    let report: (String) -> Void

    /// The model of some documents.
    func model(of examples: [NameExample]) -> NameModel {
        var table = NameTable()
        for (number, example) in examples.enumerated() { append(example, number, to: &table) }
        let counts = table.counts
        table.prune { counts[$0] >= settings.countMin }
        report("\(table.tokenCount) tokens, \(table.hashes.count) answers")
        let (first, firstTransitions) = mean(of: table)
        report("first reading")
        var second = NameTable()
        var start = LabelTransitions()
        for fold in 0..<settings.folds {
            var settings = settings.first
            settings.epochs = self.settings.foldEpochs
            var trainer = NameTrainer(table, settings)
            let (rows, transitions) = trainer.train { $0 % self.settings.folds != fold }
            start.add(transitions, times: 1 / Float(self.settings.folds))
            append(examples, fold, table, rows, transitions, to: &second)
            report("fold \(fold)")
        }
        let secondCounts = second.counts
        second.prune { secondCounts[$0] >= settings.countMin }
        var trainer = NameTrainer(second, settings.second, start)
        var (rows, transitions) = trainer.train { _ in true }
        transitions.add(start, times: -1)
        transitions.add(firstTransitions, times: 1)
        report("second reading, \(second.hashes.count) answers")
        return NameModel(
            classes: classes,
            first: reading(table, first, firstTransitions, rows: settings.rows),
            second: reading(second, rows, transitions, rows: settings.secondRows)
        )
    }

    private func mean(of table: NameTable) -> (rows: [LabelScores], LabelTransitions) {
        var sum = [LabelScores](repeating: .zero, count: table.hashes.count)
        var transitions = LabelTransitions()
        let share = 1 / Float(settings.seeds)
        for seed in 0..<settings.seeds {
            var settings = settings.first
            settings.seed += UInt64(seed)
            var trainer = NameTrainer(table, settings)
            let (rows, others) = trainer.train { _ in true }
            for index in sum.indices { sum[index] += rows[index] * share }
            transitions.add(others, times: share)
        }
        return (sum, transitions)
    }

    private func append(_ example: NameExample, _ number: Int, to table: inout NameTable) {
        var start = table.tokenCount
        var chains = example.questions.chains[...]
        example.questions.firstReading { token, hashes, kinds in
            table.append(
                hashes,
                kinds: kinds,
                allowed: example.allowed[token],
                base: nil
            )
            guard let chain = chains.first, token + 1 == chain.upperBound else { return }
            table.endChain(from: start, document: number)
            start = table.tokenCount
            chains = chains.dropFirst()
        }
    }

    /// Reads a fold's documents and adds their answers for the second reading.
    private func append(
        _ examples: [NameExample],
        _ fold: Int,
        _ table: NameTable,
        _ rows: [LabelScores],
        _ transitions: LabelTransitions,
        to second: inout NameTable
    ) {
        var path = LabelPath()
        var position = 0
        for (number, example) in examples.enumerated() {
            let first = position
            position += example.questions.chains.count
            guard number % settings.folds == fold else { continue }
            var labels = [UInt8](repeating: 0, count: example.questions.tokens.count)
            var scores = [LabelScores](repeating: .zero, count: labels.count)
            for (chain, stored) in zip(example.questions.chains, table.chains[first...]) {
                for (token, row) in zip(chain, stored.tokens) {
                    scores[token] = table.answers(of: row).reduce(into: LabelScores.zero) {
                        $0 += rows[Int($1)]
                    }
                }
                labels.replaceSubrange(chain, with: path.best(scores, chain, transitions))
            }
            var start = second.tokenCount
            var chains = example.questions.chains[...]
            example.questions.secondReading(labels) { token, hashes in
                second.append(
                    hashes,
                    kinds: AnswerKinds(),
                    allowed: example.allowed[token],
                    base: scores[token]
                )
                guard let chain = chains.first, token + 1 == chain.upperBound else { return }
                second.endChain(from: start, document: number)
                start = second.tokenCount
                chains = chains.dropFirst()
            }
        }
    }

    /// Packs the rows that say most.
    private func reading(
        _ table: NameTable,
        _ rows: [LabelScores],
        _ transitions: LabelTransitions,
        rows countMax: Int
    ) -> NameModel.Reading {
        let strengths = rows.map { row in
            (0..<NameLabel.count).reduce(Float(0)) { max($0, abs(row[$1])) }
        }
        let kept = rows.indices.filter { strengths[$0] > 0 }
            .sorted { (strengths[$0], table.hashes[$0]) > (strengths[$1], table.hashes[$1]) }
            .prefix(countMax)
        // Few weights are larger than all others; they lose least by being cut.
        let cut = kept.isEmpty ? 1 : strengths[kept[kept.count / 500]]
        let scale = cut / 127
        let packed = kept.map { number in
            (
                table.hashes[number],
                (0..<NameLabel.count).map { label in
                    Int8(max(-127, min(127, (rows[number][label] / scale).rounded())))
                }
            )
        }
        var slots = 16
        while slots * 4 < packed.count * 5 { slots *= 2 }
        return NameModel.Reading(
            rows: NameRowTable(packed, scale: scale, slots: slots),
            transitions: transitions
        )
    }
}
