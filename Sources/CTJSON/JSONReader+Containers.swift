extension JSONReader {
  /// Enters an object. To be called where ``peek()`` says `object`; then ``nextMember()`` until it is `nil`.
  public mutating func beginObject() {
    guard enter() else { return }
    names.push()
  }

  /// The name of the next member, the reader then standing before its value; `nil` after the last one.
  public mutating func nextMember() -> JSONText? {
    guard advance(closing: UInt8(ascii: "}")) else {
      if syntaxError == nil { names.pop() }
      return nil
    }
    skipWhitespace()
    guard offset < count else { return fail(.unexpectedEnd) }
    guard base[offset] == UInt8(ascii: "\"") else { return fail(.unexpectedByte) }
    let start = offset
    memberOffset = start
    guard let name = readString() else { return nil }
    memberNameEnd = offset
    guard names.insert(name, base: base, scratch: scratch) else {
      failure(.duplicateName, at: start)
      return nil
    }
    skipWhitespace()
    guard offset < count else { return fail(.unexpectedEnd) }
    guard base[offset] == UInt8(ascii: ":") else { return fail(.unexpectedByte) }
    offset += 1
    return name
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
    guard peek() == .object else { return nil }
    let start = bookmark()
    let found = seek(name) && peek() == .string ? readString() : nil
    // A decoded text must outlive the way back, which otherwise cuts the scratch space.
    rewind(to: start, keepingScratch: found?.isInScratch ?? false)
    return syntaxError == nil ? found : nil
  }

  /// Reads ahead for where the value of one member of the object that comes next starts, and goes back.
  public mutating func peekMemberOffset(_ name: StaticString) -> Int? {
    guard peek() == .object else { return nil }
    let start = bookmark()
    let found = seek(name) ? valueStart() : nil
    rewind(to: start)
    return syntaxError == nil ? found : nil
  }

  /// Enters the object that comes next, up to the value of the member.
  private mutating func seek(_ name: StaticString) -> Bool {
    beginObject()
    while let member = nextMember() {
      if equals(member, name) { return true }
      skipValue()
    }
    return false
  }

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
    values &+= 1
    if values > limits.values { failure(.tooManyValues, at: offset) }
    return syntaxError == nil
  }
}
