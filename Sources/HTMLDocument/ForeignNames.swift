/// Spellings of SVG and MathML names, which HTML pages may write in any case (13.2.6.5).
enum ForeignNames {
    /// The spelling of an SVG element with a lower-case name, if it differs.
    static func svgElement(_ lowercaseName: String) -> String? {
        svgElements[lowercaseName]
    }

    /// The name and namespace of an attribute, if they differ from its lower-case name.
    static func attribute(
        _ lowercaseName: String,
        in namespace: Namespace
    ) -> (name: String, prefix: AttributePrefix)? {
        if let prefixed = prefixedAttributes[lowercaseName] {
            return prefixed
        }
        switch namespace {
        case .svg: return svgAttributes[lowercaseName].map { ($0, .none) }
        case .mathML: return lowercaseName == "definitionurl" ? ("definitionURL", .none) : nil
        case .html: return nil
        }
    }

    private static let prefixedAttributes: [String: (name: String, prefix: AttributePrefix)] = [
        "xlink:actuate": ("actuate", .xlink),
        "xlink:arcrole": ("arcrole", .xlink),
        "xlink:href": ("href", .xlink),
        "xlink:role": ("role", .xlink),
        "xlink:show": ("show", .xlink),
        "xlink:title": ("title", .xlink),
        "xlink:type": ("type", .xlink),
        "xml:lang": ("lang", .xml),
        "xml:space": ("space", .xml),
        "xmlns": ("xmlns", .xmlns),
        "xmlns:xlink": ("xlink", .xmlns),
    ]

    private static let svgElements = byLowercase(
        """
        altGlyph altGlyphDef altGlyphItem animateColor animateMotion animateTransform clipPath \
        feBlend feColorMatrix feComponentTransfer feComposite feConvolveMatrix feDiffuseLighting \
        feDisplacementMap feDistantLight feDropShadow feFlood feFuncA feFuncB feFuncG feFuncR \
        feGaussianBlur feImage feMerge feMergeNode feMorphology feOffset fePointLight \
        feSpecularLighting feSpotLight feTile feTurbulence foreignObject glyphRef linearGradient \
        radialGradient textPath
        """
    )

    private static let svgAttributes = byLowercase(
        """
        attributeName attributeType baseFrequency baseProfile calcMode clipPathUnits \
        diffuseConstant edgeMode filterUnits glyphRef gradientTransform gradientUnits \
        kernelMatrix kernelUnitLength keyPoints keySplines keyTimes lengthAdjust \
        limitingConeAngle markerHeight markerUnits markerWidth maskContentUnits maskUnits \
        numOctaves pathLength patternContentUnits patternTransform patternUnits pointsAtX \
        pointsAtY pointsAtZ preserveAlpha preserveAspectRatio primitiveUnits refX refY \
        repeatCount repeatDur requiredExtensions requiredFeatures specularConstant \
        specularExponent spreadMethod startOffset stdDeviation stitchTiles surfaceScale \
        systemLanguage tableValues targetX targetY textLength viewBox viewTarget \
        xChannelSelector yChannelSelector zoomAndPan
        """
    )

    private static func byLowercase(_ names: String) -> [String: String] {
        var spellings: [String: String] = [:]
        for name in names.split(separator: " ") {
            spellings[name.lowercased()] = String(name)
        }
        return spellings
    }
}
