/// What the protocol for handlers and the client are called: `Control Tower` gives `ControlTowerAPI` and
/// `ControlTowerClient`, `Pets API` gives `PetsAPI` and `PetsClient`.
struct APINames {
  let api: String
  let client: String

  init(title: String) {
    let name = SwiftName.type(title)
    let stem = name.hasSuffix("API") ? String(name.dropLast(3)) : name
    api = stem + "API"
    // `HTTPClient` and `APIClient` are of the runtime.
    client = ["HTTP", "API"].contains(stem) ? stem + "APIClient" : stem + "Client"
  }
}
