/// A common given name with a surname after it, anywhere in a text: `Jane Doe rang`.
///
/// A given name alone is not taken, nor one that is also a word, a month or a place (`Mark`, `April`, `Victoria`): they
/// begin sentences and name streets. So most names of people who have rare ones are not found: where a form asks for a
/// name, its member's name says so.
struct GivenNameDetector {
  private let hashes: Set<UInt64>

  private static let longest = 14

  init() {
    hashes = Set(
      Self.names.split(separator: " ").map { name in name.utf8.reduce(WordHash()) { $0.adding($1.lowercased) }.value })
  }

  func scan(_ text: ScannedText, _ findings: inout Findings) {
    var index = 0
    while index < text.count {
      guard text[index].isUppercase, !text[index - 1].isAlphanumeric, text[index - 1] != .ascii("_"),
        isGivenName(text, index), let name = SpokenName.full(text, at: index)
      else {
        index += 1
        continue
      }
      findings.add(.name, name)
      index = name.upperBound
    }
  }

  private func isGivenName(_ text: ScannedText, _ start: Int) -> Bool {
    var hash = WordHash()
    var end = start
    while end <= start + Self.longest, text[end].isLetter || text[end].isNonASCII {
      hash = hash.adding(text[end].lowercased)
      end += 1
    }
    return 3...Self.longest ~= end - start && text[end] == 0x20 && hashes.contains(hash.value)
  }

  /// Frequent in the United Kingdom, by its statistical offices' lists of names; and of those who come from elsewhere.
  private static let names = """
    olivia amelia isla freya evie isabella elsie emily sophia ella evelyn charlotte phoebe sofia alice harriet matilda \
    rosie imogen eliza jessica lottie maeve emma jane mary margaret susan sarah patricia linda barbara elizabeth \
    jennifer helen karen nancy lisa betty sandra donna kimberly carol michelle amanda melissa deborah stephanie rebecca \
    laura sharon cynthia kathleen amy angela shirley anna anne ann ruth brenda pamela nicole katherine catherine \
    christine samantha debra janet carolyn rachel heather maria diane julie joyce kelly lauren christina joan judith \
    andrea hannah megan cheryl jacqueline martha gloria teresa theresa sara janice julia marie abigail denise marilyn \
    danielle beverly sophie chloe lucy zoe zoë fiona claire clare louise nicola tracey tracy joanne alison gillian \
    lesley lynn hayley gemma leanne kirsty natalie natasha siobhan siobhán niamh aoife ciara orla fatima aisha ayesha \
    priya anjali deepa neha pooja sunita yuki sakura oliver george noah arthur harry muhammad mohammed mohamed ahmed \
    jack charlie jacob henry thomas freddie alfie theo william james john robert michael david richard charles \
    christopher daniel matthew anthony donald steven stephen paul andrew joshua kenneth kevin brian timothy ronald jason \
    edward jeffrey ryan gary nicholas eric jonathan larry justin scott brandon benjamin samuel gregory raymond \
    alexander patrick dennis jerry tyler aaron jose josé adam nathan peter zachary kyle walter ethan jeremy harold \
    keith roger terry sean shaun gerald liam lewis callum connor cameron graham ian alan stuart neil nigel simon philip \
    phillip derek trevor barry geoffrey duncan ewan hamish angus fergus rory declan conor cormac eamon sanjay rajesh \
    amit anil vijay arjun rohan imran tariq yusuf ibrahim omar hassan hussein khalid tomasz piotr krzysztof pawel paweł \
    marek jakub katarzyna agnieszka ana juan carlos miguel luis pedro antonio francisco manuel sergio pablo lars björn \
    bjorn sven erik anders kwame kofi oluwaseun chinedu ngozi adebayo amir hans jürgen wolfgang klaus dieter giovanni \
    luca matteo francesca giulia pierre jean françois francois jacques laurent sylvie
    """
}
