/// Parsing a piece of a page as if inside an element (13.4, "Parsing HTML fragments").
extension TreeBuilder {
    /// Prepares an empty builder. The nodes will be children of a root `html` element.
    mutating func startFragment(_ context: FragmentContext) {
        let name = elementName(context.name)
        var contextNode = Node(kind: .element)
        contextNode.namespace = context.namespace
        contextNode.name = name
        let rootTag = TagToken(name: ElementName(.html))
        guard let contextID = add(contextNode), let root = makeElement(rootTag) else { return }
        tree.append(root, to: NodeTree.root)
        open.push(entry(root, rootTag.name))
        let isHTML = context.namespace == .html
        var contextEntry = entry(contextID, name)
        contextEntry.namespace = context.namespace
        if !isHTML {
            contextEntry.traits = TagTraits.ofForeign(name.tag, in: context.namespace)
        }
        self.contextEntry = contextEntry
        if isHTML {
            prepareTokenizer(for: name)
            if name.tag == .template {
                templateModes.append(.inTemplate)
            }
            if name.tag == .form {
                formElement = contextID
            }
        }
        resetInsertionMode()
    }

    private mutating func elementName(_ name: String) -> ElementName {
        let bytes = Array(name.utf8)
        let tag = tokenizer.tags.tag(named: bytes[...], hash: NameHash.of(bytes))
        return tag == .other ? tokenizer.customNames.name(for: bytes) : ElementName(tag)
    }

    private mutating func prepareTokenizer(for name: ElementName) {
        // No start tag was read, so no end tag ends the text.
        switch name.tag {
        case .title, .textarea: tokenizer.contentModel = .rcdata
        case .style, .xmp, .iframe, .noembed, .noframes: tokenizer.contentModel = .rawText
        case .script: tokenizer.contentModel = .scriptData
        case .plaintext: tokenizer.contentModel = .plainText
        default: break
        }
    }
}
