extension ScalarSet {
  /// The set of `\p{name}`: general categories by short or long name, `Any`, `ASCII` and `Assigned` (ECMA-262, table 67).
  /// `nil` for other properties.
  static func property(_ name: String) -> ScalarSet? {
    var name = name[...]
    for prefix in ["General_Category=", "gc="] where name.hasPrefix(prefix) { name = name.dropFirst(prefix.count) }
    switch name {
    case "Any": return all
    case "ASCII": return ScalarSet([0...0x7F])
    case "Assigned": return categories["Cn"]?.inverted
    default: break
    }
    let short = longNames[String(name)] ?? String(name)
    if short == "LC" { return union(of: ["Lu", "Ll", "Lt"]) }
    if short.utf8.count == 1 { return union(of: categories.keys.filter { $0.hasPrefix(short) }) }
    return categories[short]
  }

  private static func union(of names: [String]) -> ScalarSet? {
    if names.isEmpty { return nil }
    return ScalarSet(names.flatMap { categories[$0]?.ranges ?? [] })
  }

  /// Every code point by the short name of its general category; worked out once, when a pattern asks for it.
  private static let categories: [String: ScalarSet] = {
    var ranges: [String: [ClosedRange<UInt32>]] = ["Cs": [0xD800...0xDFFF]]
    var (start, current): (UInt32, Unicode.GeneralCategory?) = (0, nil)
    func close(before end: UInt32) {
      if let current { ranges[shortName(current), default: []].append(start...end - 1) }
    }
    for value in 0...maximum {
      let category = Unicode.Scalar(value)?.properties.generalCategory
      if category == current { continue }
      close(before: value)
      (start, current) = (value, category)
    }
    close(before: maximum + 1)
    return ranges.mapValues { ScalarSet($0) }
  }()

  private static func shortName(_ category: Unicode.GeneralCategory) -> String {
    switch category {
    case .uppercaseLetter: "Lu"
    case .lowercaseLetter: "Ll"
    case .titlecaseLetter: "Lt"
    case .modifierLetter: "Lm"
    case .otherLetter: "Lo"
    case .nonspacingMark: "Mn"
    case .spacingMark: "Mc"
    case .enclosingMark: "Me"
    case .decimalNumber: "Nd"
    case .letterNumber: "Nl"
    case .otherNumber: "No"
    case .connectorPunctuation: "Pc"
    case .dashPunctuation: "Pd"
    case .openPunctuation: "Ps"
    case .closePunctuation: "Pe"
    case .initialPunctuation: "Pi"
    case .finalPunctuation: "Pf"
    case .otherPunctuation: "Po"
    case .mathSymbol: "Sm"
    case .currencySymbol: "Sc"
    case .modifierSymbol: "Sk"
    case .otherSymbol: "So"
    case .spaceSeparator: "Zs"
    case .lineSeparator: "Zl"
    case .paragraphSeparator: "Zp"
    case .control: "Cc"
    case .format: "Cf"
    case .surrogate: "Cs"
    case .privateUse: "Co"
    case .unassigned: "Cn"
    @unknown default: "Cn"
    }
  }

  private static let longNames: [String: String] = [
    "Letter": "L", "Cased_Letter": "LC", "Uppercase_Letter": "Lu", "Lowercase_Letter": "Ll",
    "Titlecase_Letter": "Lt", "Modifier_Letter": "Lm", "Other_Letter": "Lo", "Mark": "M", "Nonspacing_Mark": "Mn",
    "Spacing_Mark": "Mc", "Enclosing_Mark": "Me", "Number": "N", "Decimal_Number": "Nd", "digit": "Nd",
    "Letter_Number": "Nl", "Other_Number": "No", "Punctuation": "P", "punct": "P", "Connector_Punctuation": "Pc",
    "Dash_Punctuation": "Pd", "Open_Punctuation": "Ps", "Close_Punctuation": "Pe", "Initial_Punctuation": "Pi",
    "Final_Punctuation": "Pf", "Other_Punctuation": "Po", "Symbol": "S", "Math_Symbol": "Sm",
    "Currency_Symbol": "Sc", "Modifier_Symbol": "Sk", "Other_Symbol": "So", "Separator": "Z",
    "Space_Separator": "Zs", "Line_Separator": "Zl", "Paragraph_Separator": "Zp", "Other": "C", "Control": "Cc",
    "cntrl": "Cc", "Format": "Cf", "Surrogate": "Cs", "Private_Use": "Co", "Unassigned": "Cn",
  ]
}
