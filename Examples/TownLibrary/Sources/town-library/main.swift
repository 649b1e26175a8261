import CTHTTP
import CTJSON
import CTRuntime
import Glibc
import LibraryServer
import TownLibrary

let shelf = Shelf([
  Book(
    isbn: "9780140449136", title: "The Odyssey", authors: ["Homer"], price: JSONNumber("9.99"), isLent: false),
  Book(isbn: "9780141439518", title: "Pride and Prejudice", authors: ["Jane Austen"], isLent: false),
])
var configuration = HTTPServerConfiguration()
configuration.port = 8081
let server = HTTPServer(
  configuration: configuration,
  handler: APIHandler(
    operations: shelf.operations,
    environment: APIEnvironment(security: Cards(["desk-card": "librarian", "gate-card": "porter"]))))
let address = try server.start()
print("The library is open: curl http://\(address)/books")
_ = await waitForSignals([SIGTERM, SIGINT])
await server.shutdown()
