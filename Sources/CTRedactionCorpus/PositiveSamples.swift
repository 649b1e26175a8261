internal import CTRedaction

extension SeededGenerator {
  /// A sample that a detector is to find.
  mutating func positive(_ detector: Detector) -> Sample {
    switch detector {
    case .email: chance(15) ? hiddenEmail() : value(detector, email(), isDisguised: true)
    case .phone:
      chance(15)
        ? member(detector, word("phone mobileNumber contact_phone tel"), phone())
        : value(detector, phone(), isDisguised: true)
    case .iban: value(detector, iban(), isDisguised: true)
    case .paymentCard: value(detector, card(), isDisguised: true)
    case .niNumber:
      chance(15)
        ? member(detector, word("niNumber nino ni_number"), niNumber()) : value(detector, niNumber(), isDisguised: true)
    case .bankAccount: bank()
    case .postcode: value(detector, postcode(), isDisguised: false)
    case .ipAddress: value(detector, chance(10) ? hostName() : ipAddress(), isDisguised: false)
    case .jwt: value(detector, jwt(), isDisguised: false)
    case .privateKey: value(detector, privateKey(), isDisguised: false)
    case .token: value(detector, token(), isDisguised: false)
    case .secret where chance(10): commandLine()
    case .secret: labelled(detector, "password apiKey client_secret access-token webhookSecret DB_PASSWORD", password())
    case .name where chance(25): introduced()
    case .name:
      labelled(
        detector, "name firstName surname contact_name customer-name approvedBy lastName FULL_NAME customer", person())
    case .address:
      member(detector, word("address homeAddress street addressLine1 billing_address delivery-address"), address())
    case .dateOfBirth: labelled(detector, "dob dateOfBirth birth_date birthday DOB", birthDate())
    case .identityNumber:
      member(detector, word("passportNumber nhsNumber utr drivingLicence ssn tax-id nhs_number"), identity())
    case .fileBytes: Sample(detector: detector, kind: "file", text: fileBytes(), core: "")
    case .stackTrace: Sample(detector: detector, kind: "trace", text: stackTrace(), core: "")
    }
  }

  private mutating func value(_ detector: Detector, _ value: String, isDisguised: Bool) -> Sample {
    Sample(detector: detector, kind: "value", text: isDisguised ? disguised(value) : inText(value), core: value)
  }

  private mutating func member(_ detector: Detector, _ name: String, _ value: String) -> Sample {
    Sample(detector: detector, kind: "member", name: name, text: value, core: value)
  }

  /// By a member's name, or after a label in text or in JSON.
  private mutating func labelled(_ detector: Detector, _ names: String, _ value: String) -> Sample {
    let name = word(names)
    let text: String
    switch int(0...5) {
    case 0: text = "{\"\(name)\":\"\(value)\",\"n\":1}"
    case 1: text = "retry 3: \(name)=\(value)"
    case 2: text = "\(name): \(value), then stopped"
    default: return member(detector, name, value)
    }
    return Sample(detector: detector, kind: "label", text: text, core: value)
  }

  private mutating func bank() -> Sample {
    if chance(15) { return member(.bankAccount, word("sortCode sort_code"), sortCode()) }
    if chance(15) { return member(.bankAccount, word("accountNumber account_no bankAccountNumber"), digits(8)) }
    if chance(10) { return value(.bankAccount, pick(["A/C ", "a/c: "]) + digits(8), isDisguised: false) }
    return value(.bankAccount, bankAccount(), isDisguised: true)
  }

  private mutating func identity() -> String {
    pick([
      digits(9), digits(10), "\(digits(3)) \(digits(3)) \(digits(4))", characters(5, of: Self.capitals) + digits(6),
    ])
  }
}
