internal import CTCrypto
internal import CTHTTP

/// The forms in which a text could come back: as it is, without its separators, in other cases, encoded, or as a digest
/// that anybody can make who has a list of candidates.
enum PersonalForms {
  static func all(of text: String) -> [String] {
    let bare = text.filter { !" -().".contains($0) }
    var forms = [text, bare, text.lowercased(), text.uppercased(), PercentEncoding.encode(text.utf8)]
    forms += [Base64URL.encode(Array(text.utf8)), Hex.encode(Array(text.utf8))]
    for plain in [text, text.lowercased(), bare] { forms.append(SHA256.hash(Array(plain.utf8)).hex) }
    return forms.reduce(into: []) { found, form in
      if !found.contains(form) { found.append(form) }
    }
  }
}
