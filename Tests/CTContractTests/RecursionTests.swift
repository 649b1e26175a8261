import CTRuntime
import Testing

/// Types that contain themselves: `recursion.schema.json`.
@Suite struct RecursionTests {
  @Test func `a value may hold one of its own type`() throws {
    var node = Node(name: "a", next: Node(name: "b", next: Node(name: "c")), children: [Node(name: "d")])
    node.next?.partner = Partner(of: Node(name: "e"))
    #expect(try Node(json: node.json()) == node)
    #expect(node.next?.next?.name == "c")
    let copy = node
    node.next?.name = "x"
    #expect(copy.next?.name == "b")
    #expect(Set([node, copy, copy]).count == 2)
  }

  private static let cases: [(json: String, expected: Set<String>)] = [
    (#"{}"#, []), (#"{"node":{"name":"a","next":{"name":"b","children":[{"name":"c"},{"name":"d"}]}}}"#, []),
    (#"{"node":{"name":"a","next":{"name":"123456"}}}"#, ["maxLength at /node/next/name"]),
    (#"{"node":{"name":"a","children":[{"name":"c","next":{}}]}}"#, ["required at /node/children/0/next"]),
    (#"{"node":{"name":"a","other":null,"inline":null}}"#, []),
    (
      #"{"node":{"name":"a","other":{"name":1},"inline":{"back":{}}}}"#,
      ["anyOf at /node/other", "required at /node/inline/back"]
    ),
    (#"{"node":{"name":"a","partner":{}}}"#, ["required at /node/partner"]),
    (#"{"list":[[],[[],[[]]]]}"#, []), (#"{"list":[[],[[],[[],[],[]]]]}"#, ["maxItems at /list/1/1"]),
    (#"{"list":[[[[[[[[[[[["x"]]]]]]]]]]]]}"#, ["type at /list/0/0/0/0/0/0/0/0/0/0/0/0"]),
    (#"{"left":{"l":1,"x":{"l":1,"r":2,"x":{"r":3}}}}"#, []),
    (
      #"{"left":{"l":1,"x":{"l":"","r":"","x":{"r":""}}}}"#,
      ["type at /left/x/l", "type at /left/x/r", "type at /left/x/x/r"]
    ),
    (#"{"expression":{"op":"not","of":{"op":"not","of":{"op":"number","value":1}}}}"#, []),
    (#"{"expression":{"op":"not","of":{"op":"not","of":{"op":"number"}}}}"#, ["required at /expression/of/of"]),
  ]

  @Test(arguments: cases)
  func `what is wrong is found at any depth`(json: String, expected: Set<String>) throws {
    #expect(try Recursion.judge(json, by: "recursion") == expected)
  }
}
