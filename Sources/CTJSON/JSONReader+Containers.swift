extension JSONReader {
  /// Enters an object. To be called where ``peek()`` says `object`; then ``nextMember()`` until it is `nil`.
  public mutating func beginObject() { _ = enter() }

  /// The name of the next member, the reader then standing before its value; `nil` after the last one.
  public mutating func nextMember() -> JSONText? {
    guard advanceToName(), let name = readName() else { return nil }
    guard remember(name) else { return refuseRepeated() }
    return readColon() ? name : nil
  }

  /// As ``nextMember()``, where a schema has names of its own: `members` then says which of them it is.
  ///
  /// Producers mostly keep the schema's order, so the name that is next in it is compared where it would stand.
  public mutating func nextMember(of table: JSONNameTable, _ members: inout KnownMembers) -> JSONText? {
    guard advanceToMember() else { return nil }
    let expected = members.expected
    guard let name = table.text(expected, ifAt: offset, base, count) else { return nextMember(in: table, &members) }
    return pass(name, expected, &members)
  }

  /// Passes over the name of that index, with its colon.
  @inline(__always)
  private mutating func pass(_ name: JSONText, _ index: Int, _ members: inout KnownMembers) -> JSONText? {
    memberOffset = offset
    memberNameEnd = offset &+ name.utf8Count &+ 2
    offset = memberNameEnd &+ 1
    members.ordinal = index
    members.expected = index &+ 1
    return members.seen.insert(index) ? name : refuseRepeated()
  }

  /// Only names that the schema does not have are remembered one by one, to refuse a second one of them.
  @inline(never)
  private mutating func nextMember(in table: JSONNameTable, _ members: inout KnownMembers) -> JSONText? {
    skipWhitespace()
    var index = members.expected
    if let name = table.text(from: &index, ifAt: offset, base, count) { return pass(name, index, &members) }
    guard let name = readName() else { return nil }
    members.ordinal = table.index(of: name, in: &self, expected: members.expected)
    let isNew: Bool
    if members.ordinal >= 0 {
      members.expected = members.ordinal + 1
      isNew = members.seen.insert(members.ordinal)
    } else {
      isNew = remember(name)
    }
    guard isNew else { return refuseRepeated() }
    return readColon() ? name : nil
  }

  /// Whether another member comes, the reader then standing before its name.
  @inline(__always)
  private mutating func advanceToName() -> Bool {
    guard advanceToMember() else { return false }
    skipWhitespace()
    return true
  }

  /// Whether another member comes, the reader then standing before its name, or whitespace before that.
  @inline(__always)
  private mutating func advanceToMember() -> Bool {
    if advance(closing: UInt8(ascii: "}")) { return true }
    if syntaxError == nil { names?.pop(depth: depth &+ 1) }
    return false
  }

  @inline(__always)
  private mutating func readName() -> JSONText? {
    memberOffset = offset
    guard let name = readString() else { return nil }
    memberNameEnd = offset
    return name
  }

  /// Whether the name is new in the object.
  private mutating func remember(_ name: JSONText) -> Bool {
    if names == nil { names = MemberNames() }
    return names!.insert(name, depth: depth, base: base, scratch: scratch)
  }

  private mutating func refuseRepeated() -> JSONText? {
    failure(.duplicateName, at: memberOffset)
    return nil
  }

  private mutating func readColon() -> Bool {
    skipWhitespace()
    guard offset < count, base[offset] == UInt8(ascii: ":") else {
      failure(offset < count ? .unexpectedByte : .unexpectedEnd, at: offset)
      return false
    }
    offset += 1
    return true
  }

  /// Enters an array. To be called where ``peek()`` says `array`; then ``nextElement()`` until it is `false`.
  public mutating func beginArray() { _ = enter() }

  /// Whether another element comes, the reader then standing before it.
  public mutating func nextElement() -> Bool { advance(closing: UInt8(ascii: "]")) }

  /// Passes over one value, checking its syntax in full.
  public mutating func skipValue() {
    guard let kind = peek() else { return }
    switch kind {
    case .object:
      beginObject()
      while nextMember() != nil { skipValue() }
    case .array:
      beginArray()
      while nextElement() { skipValue() }
    case .string: _ = readString()
    case .number: _ = readNumber()
    case .boolean: _ = readBoolean()
    case .null: readNull()
    }
  }

  /// Reads ahead for the string value of one member of the object that comes next, and goes back.
  ///
  /// `nil` where there is no such member, or its value is no string.
  public mutating func peekMember(_ name: StaticString) -> JSONText? {
    if let found = plainMember(name) { return found }
    guard peek() == .object else { return nil }
    let start = bookmark()
    let found = seek(name) && peek() == .string ? readString() : nil
    // A decoded text must outlive the way back, which otherwise cuts the scratch space.
    rewind(to: start, keepingScratch: found?.isInScratch ?? false)
    return syntaxError == nil ? found : nil
  }

  /// The string value of one member of the object that comes next, where nothing stands before it but members with plain
  /// strings, without whitespace. That names are there twice is found by whoever reads the object.
  private func plainMember(_ name: StaticString) -> JSONText? {
    guard offset < count, base[offset] == UInt8(ascii: "{") else { return nil }
    var place = offset
    while true {
      guard let member = plainString(at: place &+ 1), let value = plainString(at: member.upperBound &+ 2),
        base[member.upperBound &+ 1] == UInt8(ascii: ":")
      else { return nil }
      if member.count == name.utf8CodeUnitCount,
        JSONReader.isEqual(base + member.lowerBound, name.utf8Start, count: member.count)
      {
        return text(from: value.lowerBound, to: value.upperBound, isASCII: true)
      }
      place = value.upperBound &+ 1
      guard place < count, base[place] == UInt8(ascii: ",") else { return nil }
    }
  }

  /// What is between the quotes of a string of plain ASCII, if such a one stands there.
  @inline(__always)
  private func plainString(at place: Int) -> Range<Int>? {
    guard place < count, base[place] == UInt8(ascii: "\"") else { return nil }
    let end = plainASCIIEnd(from: place &+ 1)
    guard end < count, base[end] == UInt8(ascii: "\"") else { return nil }
    return Range(uncheckedBounds: (place &+ 1, end))
  }

  /// Reads ahead for where the value of one member of the object that comes next starts, and goes back.
  public mutating func peekMemberOffset(_ name: StaticString) -> Int? {
    guard peek() == .object else { return nil }
    let start = bookmark()
    let found = seek(name) ? valueStart() : nil
    rewind(to: start)
    return syntaxError == nil ? found : nil
  }

  /// Enters the object that comes next, up to the value of the member. That names are there twice is found by whoever
  /// reads the object.
  private mutating func seek(_ name: StaticString) -> Bool {
    guard enter() else { return false }
    while let member = advanceToName() ? readName() : nil, readColon() {
      if equals(member, name) { return true }
      skipValue()
    }
    return false
  }

  @inline(__always)
  private mutating func enter() -> Bool {
    guard depth < limits.depth else {
      failure(.tooDeep, at: offset)
      return false
    }
    depth += 1
    offset += 1
    isContainerFresh = true
    return true
  }

  @inline(__always)
  private mutating func advance(closing: UInt8) -> Bool {
    // After an error the offset is at the end.
    guard offset < count else { return advanceOtherwise(closing: closing) }
    let byte = base[offset]
    if isContainerFresh {
      guard byte > 0x20, byte != closing else { return advanceOtherwise(closing: closing) }
      isContainerFresh = false
    } else {
      guard byte == UInt8(ascii: ",") else { return advanceOtherwise(closing: closing) }
      offset &+= 1
    }
    return countValue()
  }

  private mutating func advanceOtherwise(closing: UInt8) -> Bool {
    skipWhitespace()
    guard offset < count else {
      failure(.unexpectedEnd, at: offset)
      return false
    }
    let byte = base[offset]
    if byte == closing {
      offset += 1
      depth -= 1
      isContainerFresh = false
      return false
    }
    if isContainerFresh {
      isContainerFresh = false
    } else if byte == UInt8(ascii: ",") {
      offset += 1
    } else {
      failure(.unexpectedByte, at: offset)
      return false
    }
    return countValue()
  }

  /// Whether there may be one more value.
  @inline(__always)
  private mutating func countValue() -> Bool {
    values &+= 1
    if values <= limits.values { return true }
    failure(.tooManyValues, at: offset)
    return false
  }
}
