import WirecopyMessages

// What a block's own text says.
extension BlockFeatures {
    /// What else on the page says whose words a block's are, for all of its blocks.
    struct TextWitnesses {
        /// What single words say.
        let weights: WordWeights
        let title: FoldedLine?
        fileprivate let titleWindows: WordWindows
        fileprivate let description: WordWindows
        fileprivate let structuredBody: WordWindows
        /// How often the page has each block's line.
        fileprivate let copies: [Int]
        fileprivate let authors: AuthorNames
        /// The first mark that ends in each block.
        fileprivate let marks: [PageOutline.Mark?]

        init(_ blocks: PageBlocks, _ context: Context, _ weights: WordWeights) {
            self.weights = weights
            title = context.title.map { FoldedLine($0) }
            titleWindows = WordWindows(context.title)
            description = WordWindows(context.description)
            structuredBody = WordWindows(context.structuredBody)
            let keys = blocks.lines.map { WordHash(of: $0.bytes).value }
            var counts: [UInt64: Int] = [:]
            counts.reserveCapacity(keys.count)
            for key in keys { counts[key, default: 0] += 1 }
            copies = keys.map { counts[$0] ?? 1 }
            authors = AuthorNames(blocks, context)
            var marks: [PageOutline.Mark?] = Array(repeating: nil, count: keys.count)
            for mark in blocks.outline.marks
            where mark.block < marks.count && marks[mark.block] == nil {
                marks[mark.block] = mark
            }
            self.marks = marks
        }
    }

    mutating func addForm(_ index: Int) {
        let (block, form) = (outline.blocks[index], page.forms[index])
        add(Float(block.textBytes))
        add(Float(min(form.words, 400)))
        add(Float(block.linkDensity))
        add(Float(block.linkBytes))
        add(form.endsSentence)
        add(Float(min(form.innerSentences, 20)))
        add(form.endsWithColon)
        add(form.isAllCapitals)
        add(form.hasLetter)
        add(form.hasComma)
        add(Float(form.digits) / Float(max(1, form.bytes)))
        add(Float(form.capitalised) / Float(max(1, form.words)))
        add(form.isProse)
        add(Float(form.bytes) / Float(max(1, form.words)))
        var (wide, quotes, pipes, slashes, colons) = (0, 0, 0, 0, 0)
        for byte in block.text.utf8 {
            switch byte {
            case 0x80...: wide += 1
            case 0x22: quotes += 1
            case 0x7C, 0x40, 0x23: pipes += 1
            case 0x2F: slashes += 1
            case 0x3A: colons += 1
            default: break
            }
        }
        add(Float(wide) / Float(max(1, form.bytes)))
        add(Float(min(quotes, 8)))
        add(Float(min(pipes, 8)))
        add(Float(min(slashes, 8)))
        add(Float(min(colons, 8)))
        add(Float(block.text.utf8.first ?? 0))
        add(Float(block.text.utf8.last ?? 0))
    }

    mutating func addWords(_ index: Int) {
        let (line, form, spoken) = (page.lines[index], page.forms[index], page.spoken[index])
        add(number(LinePhrases.label(of: line, form, spoken)))
        add(LinePhrases.startsSection(line))
        add(LinePhrases.isBiography(line, form, spoken))
        add(LinePhrases.isSourceNote(form, spoken))
        add(LinePhrases.isCorrection(line))
        add(LinePhrases.addressesReader(line, spoken))
        let verdict = witnesses.weights.verdict(on: line)
        add(verdict.least)
        add(verdict.most)
        add(verdict.sum / Float(max(1, min(form.words, 100))))
        add(witnesses.title?.bytes == line.bytes)
        let windows = WordWindows.windows(of: outline.blocks[index].text)
        add(witnesses.titleWindows.share(of: windows))
        for text in [witnesses.description, witnesses.structuredBody] {
            add(text.isEmpty ? -1 : text.share(of: windows))
        }
        add(Float(min(20, witnesses.copies[index])))
        add(Byline.startsLikeByline(line))
        add(witnesses.authors.begin(line))
        let mark = witnesses.marks[index]
        add(number(mark?.label))
        add(Float(mark?.text.utf8.count ?? 0) / Float(max(1, form.bytes)))
    }
}
