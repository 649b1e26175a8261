import CTRuntime
import Testing

/// `oneOf` with a discriminator as it is written in the wild: `unions.schema.json`.
@Suite struct UnionTests {
  @Test func `a branch that is used elsewhere too is one type`() throws {
    let cat = Cat(lives: 9)
    let value = Unions(pet: .cat(cat), cat: cat)
    #expect(
      String(decoding: value.json(), as: UTF8.self)
        == #"{"pet":{"petType":"Cat","lives":9},"cat":{"petType":"Cat","lives":9}}"#)
  }

  @Test func `a branch that leaves open what selects it is written with what does`() throws {
    let value = Unions(pet: .dog(PetDog(barks: false)), shape: .square(ShapeSquare(side: 2)))
    #expect(
      String(decoding: value.json(), as: UTF8.self)
        == #"{"pet":{"petType":"Dog","barks":false},"shape":{"form":"square","side":2}}"#)
  }

  private static let cases: [(json: String, expected: Set<String>)] = [
    (#"{"pet":{"petType":"Cat","lives":9}}"#, []),
    (#"{"pet":{"petType":"Cat","lives":10}}"#, ["maximum at /pet/lives"]),
    (#"{"pet":{"petType":"Cat","lives":9,"x":1}}"#, ["additionalProperties at /pet/x"]),
    (#"{"pet":{"petType":"Cat"}}"#, ["required at /pet"]), (#"{"pet":{"petType":"none"}}"#, []),
    (#"{"pet":{"petType":"none","x":1}}"#, ["maxProperties at /pet"]),
    (#"{"pet":{"petType":"Dog","barks":true}}"#, ["dependentRequired at /pet"]),
    (#"{"pet":{"petType":"Fish"}}"#, ["discriminator at /pet/petType"]), (#"{"pet":{}}"#, ["discriminator at /pet"]),
    (#"{"pet":[]}"#, ["type at /pet"]), (#"{"open":{"petType":"Cat"}}"#, ["anyOf at /open"]),
    (#"{"open":{"petType":"Fish"}}"#, ["anyOf at /open"]), (#"{"open":null}"#, []),
    (#"{"open":{"petType":"Dog","barks":true}}"#, ["anyOf at /open"]),
    (#"{"cat":{"petType":"Dog"}}"#, ["const at /cat/petType", "required at /cat"]),
    (#"{"shape":{"form":"circle","radius":1}}"#, []),
    (#"{"shape":{"form":"ball","radius":1,"area":-1}}"#, ["minimum at /shape/area"]),
    (#"{"shape":{"form":"square"}}"#, ["required at /shape"]), (#"{"shape":{"form":"ball"}}"#, ["required at /shape"]),
    (#"{"closed":{"kind":"a","id":1,"x":2}}"#, []),
    (#"{"closed":{"kind":"a","id":1,"x":2,"y":3}}"#, ["unevaluatedProperties at /closed/y"]),
    (#"{"closed":{"kind":"a","id":1}}"#, ["required at /closed"]),
    (#"{"closed":{"kind":"b","id":1,"y":""}}"#, ["type at /closed/y"]),
    (#"{"closed":{"kind":"c","id":1}}"#, ["discriminator at /closed/kind", "enum at /closed/kind"]),
    (#"{"anyClosed":{"kind":"b","id":1,"y":1}}"#, []),
    (#"{"anyClosed":{"kind":"b","id":1,"z":1}}"#, ["not at /anyClosed"]),
    (#"{"anyClosed":{"kind":"a","id":1}}"#, ["not at /anyClosed"]),
  ]

  @Test(arguments: cases)
  func `both validators agree`(json: String, expected: Set<String>) throws {
    #expect(try Unions.judge(json, by: "unions") == expected)
  }
}
