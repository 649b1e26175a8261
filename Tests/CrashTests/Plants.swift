/// Personal data of one invented person, and the places to put it.
enum Plants {
  static let email = "planted.person@leak-example.com"
  static let phone = "07700 900456"
  static let phoneDigits = "07700900456"
  static let name = "Plantagenet"
  static let iban = "GB29NWBK60161331926819"
  static let card = "4111111111111111"
  static let jwt = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJwbGFudCJ9.dBjftJeZ4CVP-mB92K27uhbUJU1p1r"
  static let file = String(repeating: "JVBERi0xLjQKJcOkw7zDtsOfCjIgMCBvYmoKPDwvTGVu", count: 8)
  static let key = "-----BEGIN PRIVATE KEY-----\\nMIIEvplantedkey\\n-----END PRIVATE KEY-----"

  /// All of it in prose.
  static let sentence =
    "Dear Mrs \(name), we rang \(phone) and wrote to \(email): card 4111 1111 1111 1111, sort code 20-45-67 account "
    + "55779911, NI JG 10 37 59 A, LS1 4DY, from 81.2.69.142, password: hunter2plant"

  /// What no file and no answer may hold.
  static let mustNotBeFound = [
    "planted.person", "PLANTED.PERSON", "leak-example", "cGxhbnRlZC5wZXJzb24", "706c616e746564", "900456", "900%20456",
    name, "NWBK60161331926819", "NWBK 6016", card, "4111 1111", "JG103759", "JG 10 37 59", "20-45-67", "55779911",
    "LS1 4DY", "81.2.69.142", "81-2-69-142", "eyJzdWIiOiJwbGFudCJ9", "MIIEvplantedkey", "hunter2plant",
    "ghp_16C7e42F292c", "12 Planted Street", "1984-03-07", "533380006", "JVBERi0xLjQKJcOkw7zDtsOf", "PlantedFrame",
    "dXNlcjpodW50ZXI",
  ]

  static func event(
    _ id: String, _ payload: String, type: String = "system.heartbeat", source: String = "portal",
    correlation: String? = nil
  ) -> String {
    let link = correlation.map { #","correlationId":"\#($0)""# } ?? ""
    return #"{"eventId":"\#(id)","type":"\#(type)","ts":"2025-09-27T10:00:00Z","source":"\#(source)"\#(link),"#
      + #""payload":\#(payload)}"#
  }

  /// Ids of the form that the schema asks for.
  static let ids =
    [phoneDigits, "447700900456", iban, card, "JG103759A", "20-45-67-55779911", "81.2.69.142"].flatMap {
      [$0, "evt_\($0)"]
    }
    + ["evt_ghp_16C7e42F292c6912E7710c838347Ae178B4a"]

  private static let values = [
    email, email.uppercased(), phone, "+44 7700 900456", iban, "GB29 NWBK 6016 1331 9268 19", card,
    "4111-1111-1111-1111",
    "JG103759A", "20-45-67 55779911", "LS1 4DY", "81.2.69.142", "ip-81-2-69-142", jwt, key,
    "ghp_16C7e42F292c6912E7710c838347Ae178B4a",
    "Basic dXNlcjpodW50ZXIycGxhbnQ=", "https://jane:hunter2plant@example.org/",
    "planted.person at leak-example dot com",
    "cGxhbnRlZC5wZXJzb25AbGVhay1leGFtcGxlLmNvbQ==", "706c616e7465642e706572736f6e406c65616b2d6578616d706c652e636f6d",
    file,
    "data:application/pdf;base64,\(file)",
    "Error: x\\n    at PlantedFrame (/srv/app.js:1:2)\\n    at PlantedFrame.two (/srv/app.js:3:4)\\n    at three (/srv/b.js:5:6)",
  ]

  private static let named = [
    ("customerName", name), ("surname", name), ("password", "hunter2plant"), ("address", "12 Planted Street"),
    ("dateOfBirth", "1984-03-07"), ("passportNumber", "533380006"), ("accountNumber", "55779911"),
    ("mobile", phoneDigits),
  ]

  /// Payloads whose type knows none of their members.
  static let payloads: [String] =
    values.flatMap { value in
      let inner = value.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
      return [
        #"{"x":"\#(value)"}"#, #"{"a":{"b":[{"c":["\#(value)"]}]}}"#, #"{"x":"before \#(value), after"}"#,
        #"{"x":"{\"inner\":\"\#(inner)\"}"}"#, #"{"x":"q=\#(percentEncoded(value))&page=2"}"#,
        #"{"version":"1.0","x":" \#(value) "}"#,
      ]
    }
    + named.flatMap { key, value in
      [
        #"{"\#(key)":"\#(value)"}"#, #"{"\#(key)":{"value":"\#(value)","new":["\#(value)"]}}"#,
        #"{"x":"n,\#(key)\n1,\#(value)"}"#, #"{"x":"{\"\#(key)\":{\"value\":\"\#(value)\"}}"}"#,
        #"{"a":[{"\#(key)":"\#(value)"}]}"#, #"{"x":"{\"\#(key)\":\"\#(value)\"}"}"#,
        #"{"x":"\#(key)=\#(value)"}"#, #"{"x":"{\"y\":\"{\\\"\#(key)\\\":\\\"\#(value)\\\"}\"}"}"#,
      ]
    } + [
      #"{"\#(email)":1,"\#(phone)":{"x":[]}}"#, #"{"x":{"\#(iban)":{"\#(email)":"\#(phone)"}}}"#,
      #"{"x":\#(card),"y":[\#(card)],"accountNumber":55779911}"#, #"{"x":"\#(sentence)"}"#,
      #"{"x":"planted\u002eperson\u0040leak-example.com"}"#, #"{"x":"planted.person＠leak-example.com"}"#,
      #"{"x":"planted.person&#64;leak-example.com"}"#, #"{"x":"planted.person%2540leak-example.com"}"#,
    ]

  /// Payloads whose type knows their members, with and without a mark.
  static let declared: [(type: String, source: String, payload: String)] = [
    (
      "website.form.submitted", "website",
      #"{"formId":"lead-123","captchaScore":0.91,"name":"\#(name)","email":"\#(email)","phone":"\#(phone)","message":"\#(sentence)","ip":"81.2.69.142","more":"\#(sentence)"}"#
    ),
    (
      "excel.timesheet.ingested", "backend",
      #"{"contractorId":"\#(card)","contractorName":"\#(name)","niNumber":"JG103759A","period":"2025-W36","totalHours":1,"items":[{"date":"2025-09-01","hours":1,"name":"\#(name)","client":"\#(name)","x":"\#(email)"}]}"#
    ),
    (
      "finance.invoice.generated", "finance",
      #"{"invoiceId":"\#(iban)","period":"2025-09","total":1.00,"lineItems":[{"x":"\#(sentence)"}],"iban":"\#(iban)","sortCode":"20-45-67","accountNumber":"55779911"}"#
    ),
    (
      "finance.payment.webhook", "finance",
      #"{"invoiceId":"INV-1","statusFrom":"pending","statusTo":"paid","payerName":"\#(name)","payerEmail":"\#(email)","iban":"\#(iban)","cardNumber":"\#(card)"}"#
    ),
    (
      "backend.fn.error", "backend",
      #"{"fnName":"timesheetParse","severity":"high","stackRef":"gs://logs/\#(email)/log.txt","message":"\#(sentence)","stack":"Error\n  at PlantedFrame (x.js:1:2)"}"#
    ),
    (
      "portal.upload.received", "portal",
      #"{"contractorId":"\#(phoneDigits)","fileRef":"gs://up/\#(iban)/\#(email)","fileName":"\#(name).pdf"}"#
    ),
    (
      "ci.workflow.failed", "github",
      #"{"repo":"swan-portal","runId":1234567,"job":"notify \#(email)","url":"https://example.com/?email=\#(email)&access_token=hunter2plant","actor":"planted.person"}"#
    ),
    (
      "desktop.trigger.contract", "desktop",
      #"{"contractorId":"JG103759A","contractId":"K456","requestedBy":"\#(email)"}"#
    ),
  ]

  private static func percentEncoded(_ text: String) -> String {
    let digits = Array("0123456789ABCDEF")
    return text.replacing("\\n", with: "\n").utf8.map { byte in
      let isPlain = byte >= 48 && byte < 58 || (byte | 32) >= 97 && (byte | 32) < 123
      return isPlain ? String(UnicodeScalar(byte)) : "%\(digits[Int(byte >> 4)])\(digits[Int(byte & 15)])"
    }.joined()
  }
}
