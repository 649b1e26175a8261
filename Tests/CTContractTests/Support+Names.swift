/// The operations with names that mean something else: those that the tests call give back what they get.
extension TestAPI {
  func _self(_ input: SelfOperation.Input) async throws -> SelfOperation.Output { try await names(input) }

  func _init(_ input: Init2.Input) async throws -> Init2.Output { .ok(.init(body: input.body)) }

  func string(_ input: StringOperation.Input) async throws -> StringOperation.Output { .ok(.init(body: input.body)) }

  func _client(_ input: Client.Input) async throws -> Client.Output { .ok(.init(body: input.body)) }

  func _operations(_ input: Operations.Input) async throws -> Operations.Output { throw Unused() }

  func `default`(_ input: Default.Input) async throws -> Default.Output { throw Unused() }

  func getThing(_ input: GetThing.Input) async throws -> GetThing.Output { throw Unused() }

  func getThing2(_ input: GetThing2.Input) async throws -> GetThing2.Output { throw Unused() }

  func getThing3(_ input: GetThing3.Input) async throws -> GetThing3.Output { throw Unused() }

  func input(_ input: InputOperation.Input) async throws -> InputOperation.Output { throw Unused() }

  func ok(_ input: Ok.Input) async throws -> Ok.Output { throw Unused() }

  func output(_ input: OutputOperation.Input) async throws -> OutputOperation.Output { throw Unused() }

  func response(_ input: Response.Input) async throws -> Response.Output { throw Unused() }
}
