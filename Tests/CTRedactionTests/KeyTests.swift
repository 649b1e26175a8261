import Testing

@Suite("The name of a member tells what its value is")
struct KeyTests {
  @Test(
    "in camelCase, snake_case, kebab-case, capitals, plurals and as one word",
    arguments: [
      Case("Jane Doe", name: "name", "name"), Case("Jane", name: "firstName", "name"),
      Case("Doe", name: "LAST_NAME", "name"),
      Case("Doe", name: "customer-surname", "name"), Case("Jane Doe", name: "contactname", "name"),
      Case("Jane Doe", name: "approvedBy", "name"), Case("Jane Doe", name: "customer", "name"),
      Case("Zoë Ødegaard", name: "contractors", "name"), Case("jdoe", name: "userName", "name"),
      Case("Jane", name: "first", "name"),
      Case("Doe-cv.pdf", name: "fileName", "name"), Case("hunter2", name: "password", "secret"),
      Case("x", name: "API_KEY", "secret"), Case("abc", name: "clientSecret", "secret"),
      Case("1a", name: "sessionId", "secret"),
      Case("1 March 1984", name: "dateOfBirth", "date-of-birth"), Case("1984-03-01", name: "DOB", "date-of-birth"),
      Case("12 High Street", name: "homeAddress", "address"), Case("Leeds", name: "town", "address"),
      Case("sw1a1aa", name: "postCode", "postcode"), Case("200000", name: "sortCode", "bank-account"),
      Case("55779911", name: "account_number", "bank-account"), Case("55779911", name: "account", "bank-account"),
      Case("7946 0958", name: "mobile", "phone"), Case("jane at example", name: "emailAddress", "email"),
      Case("GB00", name: "iban", "iban"), Case("AB123456", name: "niNumber", "ni-number"),
      Case("123456789", name: "taxId", "identity-number"),
      Case("4111111111111112", name: "cardNumber", "payment-card"),
      Case("123 456 7890", name: "nhsNumber", "identity-number"),
    ])
  func hints(_ example: Case) { check(example) }

  @Test(
    "but not a thing's name, nor what is said about a value, nor a placeholder",
    arguments: [
      Case("parseTimesheet", name: "fnName"), Case("build", name: "jobName"), Case("portal", name: "repo_name"),
      Case("C123", name: "customer"), Case("C123", name: "contractorId"), Case("sent", name: "emailStatus"),
      Case("17", name: "tokenCount"), Case("created", name: "sortBy"), Case("GBP", name: "accountCurrency"),
      Case("premium", name: "account"), Case("n/a", name: "name"), Case("  ", name: "name"),
      Case("none", name: "password"),
      Case("main", name: "branch"), Case("2025-09", name: "period"), Case("C123", name: "client"),
      Case("A-17", name: "postId"), Case("127.0.0.1", name: "ipAddress"), Case("K456", name: "contractId"),
    ])
  func things(_ example: Case) { check(example) }

  @Test(
    "and so do labels in text",
    arguments: [
      Case("login failed: password=hunter2 user=17", "secret"), Case("dob: 1 March 1984", "date-of-birth"),
      Case("Customer name: Jane Doe, retried", "name"), Case("first_name=Jane&x=1", "name"),
      Case("api key: 'abcdef'", "secret"), Case("address: 12 High Street, Leeds; ok", "address"),
      Case("name: Jane Doe dob: 01/03/1984", "name", "date-of-birth"), Case("failed {\"surname\": \"Doe\"", "name"),
      Case("status: sent"), Case("job name: build-17"), Case("at 12:30: done"), Case("a=b"),
      Case("https://example.com/name:x"),
    ])
  func labels(_ example: Case) { check(example) }
}
