import Testing

@Suite("Value detectors find what looks like personal data wherever it stands")
struct ValueDetectorTests {
  @Test(
    "E-mail addresses",
    arguments: [
      Case("jane@example.com", "email"), Case("ring jane.o'brien+x@mail.example.co.uk, please.", "email"),
      Case("mailto:jane@example.com?subject=x", "email"),
      Case("<jane@example.com>;<bob@example.org>", "email", "email"),
      Case("\"jane doe\"@example.com", "email"), Case("jane@[192.0.2.7]", "email"), Case("jürgen@müller.de", "email"),
      Case("jane@example.com.", "email"), Case("email=jane%40example.com&x=1", "email"),
      Case("jane%2540example.com", "email"), Case("jane＠example．com", "email"),
      Case(#"jane\u0040example.com"#, "email"),
      Case("jane&#64;example.com", "email"), Case("jane\u{200B}@example.com", "email"),
      Case("git@github.com:swan/portal.git"), Case("react@18.2.0"), Case("@scope/package@1.0.0-rc.beta"),
      Case("build @ main"), Case("a@b"), Case("@mention"),
    ])
  func email(_ example: Case) { check(example) }

  @Test(
    "Telephone numbers",
    arguments: [
      Case("+44 (0)20 7946 0958", "phone"), Case("020 7946 0958", "phone"), Case("07700 900123", "phone"),
      Case("0044 20 7946 0958", "phone"), Case("00442079460958", "phone"), Case("+442079460958", "phone"),
      Case("(01632) 960 001", "phone"), Case("(020) 7946-0958 ext 12", "phone"), Case("01632960001", "phone"),
      Case("+44.20.7946.0958", "phone"), Case("tel:+44-7700-900123", "phone"), Case("+1 415 555 2671", "phone"),
      Case("(415) 555-2671", "phone"), Case("+49 (0)30 901820", "phone"), Case("06 12 34 56 78", "phone"),
      Case("phone=%2B447700900123", "phone"), Case("a=1&p=07700+900123", "phone"), Case("０７７００ ９００１２３", "phone"),
      Case("07700\u{00A0}900\u{2011}123", "phone"), Case("call 07700 900123 or 07700 900124", "phone", "phone"),
      Case("/call/07700900123", "phone"), Case("447700900123", "phone"), Case("44 20 7946 0958", "phone"),
      Case("(+44) 7700 900123", "phone"), Case("+44(0)7700900123", "phone"), Case("0207 946 0958", "phone"),
      Case("447700900124", name: "to", "phone"),
      Case("443700900123"),
      Case("0.026475336423"), Case("026-1234567-1234567"), Case("02 69277973"), Case("01-02-2025 12:30"),
      Case("0.0123456789"), Case("PO-0123-456789"), Case("0000123456"),
      Case("2025-09-27 12:03:00"), Case("1758974580000"), Case("+1234567"), Case("12345678901"),
    ])
  func phone(_ example: Case) { check(example) }

  @Test(
    "IBANs",
    arguments: [
      Case("GB29NWBK60161331926819", "iban"), Case("gb29 nwbk 6016 1331 9268 19", "iban"),
      Case("GB29-NWBK-6016-1331-9268-19", "iban"), Case("pay DE89 3704 0044 0532 0130 00 today", "iban"),
      Case("NO9386011117947", "iban"), Case("MT84MALT011000012345MTLCAST001S", "iban"),
      Case("FR1420041010050500013M02606", "iban"), Case("LC55HEMM000100010012001200023015", "iban"),
      Case("GB28NWBK60161331926819"), Case("GB29NWBK6016133192681"), Case("XX29NWBK60161331926819"),
      Case("aGB29NWBK60161331926819"),
    ])
  func iban(_ example: Case) { check(example) }

  @Test(
    "Payment cards",
    arguments: [
      Case("4111111111111111", "payment-card"), Case("4111 1111 1111 1111", "payment-card"),
      Case("4111-1111-1111-1111 exp 12/27", "payment-card"), Case("3782 822463 10005", "payment-card"),
      Case("5555555555554444", "payment-card"), Case("2223003122003222", "payment-card"),
      Case("6011111111111117", "payment-card"), Case("30569309025904", "payment-card"),
      Case("3530111333300000", "payment-card"), Case("41111111 11111111", "payment-card"),
      Case("4111 - 1111 - 1111 - 1111", "payment-card"), Case("4111111111111112"), Case("1111111111111117"),
      Case("0.4111111111111111"), Case("a4111111111111111"),
    ])
  func card(_ example: Case) { check(example) }

  @Test(
    "National Insurance numbers; QQ, which only examples have, counts",
    arguments: [
      Case("AB123456C", "ni-number"), Case("ab 12 34 56 c", "ni-number"), Case("JG-10-37-59-A.", "ni-number"),
      Case("QQ 12 34 56 C", "ni-number"), Case("BG123456C"), Case("AB123456E"), Case("AO123456C"), Case("DA123456C"),
      Case("AB123456"), Case("evt_AB123456C", "ni-number"), Case("evtXAB123456C"), Case("XAB123456C"),
      Case("AB123456CD"), Case("NI number AB123456", "ni-number"),
    ])
  func niNumber(_ example: Case) { check(example) }

  @Test(
    "Sort codes with account numbers",
    arguments: [
      Case("20-00-00 55779911", "bank-account", "bank-account"),
      Case("20-00-00, account 5577 9911", "bank-account", "bank-account"),
      Case("55779911 (20 00 00)", "bank-account", "bank-account"),
      Case("20-00-00-55779911", "bank-account", "bank-account"),
      Case("200000/55779911", "bank-account", "bank-account"),
      Case("sort code 200000 account number 55779911", "bank-account"),
      Case("sort code: 20-00-00", "bank-account"), Case("Account number is 55779911", "bank-account"),
      Case("20-00-00"), Case("55779911"), Case("20250927 120300"), Case("25-09-27"),
    ])
  func bankAccount(_ example: Case) { check(example) }

  @Test(
    "Postcodes",
    arguments: [
      Case("SW1A 1AA", "postcode"), Case("M1 1AE", "postcode"), Case("London ec1a 1bb.", "postcode"),
      Case("CR26XH", "postcode"), Case("DN55 1PT,", "postcode"),
      Case("ZZ1 1AA"), Case("SW1A 1CM"), Case("2025-W36"), Case("sw1a1aa", "postcode"), Case("SW1A-1AA", "postcode"),
      Case("b12ae1f"), Case("INV-E14AB"), Case("v1 2nd"),
    ])
  func postcode(_ example: Case) { check(example) }

  @Test(
    "IP addresses",
    arguments: [
      Case("192.168.1.10", "ip-address"), Case("from 81.2.69.142:443", "ip-address"),
      Case("http://81.2.69.142/x", "ip-address"),
      Case("2001:db8::8a2e:370:7334", "ip-address"), Case("[2001:0db8:0000:0000:0000:ff00:0042:8329]:80", "ip-address"),
      Case("fe80::1%eth0", "ip-address"), Case("ip:2001:db8::8a2e:370:7334", "ip-address"),
      Case("source:2001:db8::8a2e:370:7334", "ip-address"), Case("evt_81.2.69.142", "ip-address"), Case("v_1.2.3.4"),
      Case("line 12: done"), Case("e:"), Case("x:"), Case("a1:b"), Case("ip:12:"),
      Case("::ffff:192.0.2.1", "ip-address"), Case("127.0.0.1"), Case("::1"),
      Case("1.2.3"), Case("10.0.19041.1"), Case("v1.2.3.4"), Case("12:03:00"), Case("std::dead"), Case("abc::def"),
      Case("00:1a:2b:3c:4d:5e"), Case("1.2.3.4.5"), Case("256.1.1.1"),
    ])
  func ipAddress(_ example: Case) { check(example) }
}
