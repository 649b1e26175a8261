/// What a word in a member's name says about its value.
struct KeyWords: OptionSet {
  let rawValue: UInt64

  /// `name`: a person's, unless the other words say of what thing.
  static let name = KeyWords(rawValue: 1)
  /// A part of a person's name by itself: `surname`, `nickname`.
  static let personalName = KeyWords(rawValue: 1 << 1)
  /// Somebody in a role: the value may be a name or an identifier.
  static let role = KeyWords(rawValue: 1 << 2)
  /// What kind of name: `first`, `family`.
  static let namePart = KeyWords(rawValue: 1 << 3)
  /// A thing that has a name and is no person.
  static let thing = KeyWords(rawValue: 1 << 4)
  /// At the end of a name: the value is about the thing, not the thing itself (`emailStatus`, `tokenCount`).
  static let about = KeyWords(rawValue: 1 << 5)
  static let secret = KeyWords(rawValue: 1 << 6)
  /// `key`, a secret after the right qualifier.
  static let key = KeyWords(rawValue: 1 << 7)
  static let keyQualifier = KeyWords(rawValue: 1 << 8)
  static let birth = KeyWords(rawValue: 1 << 9)
  static let address = KeyWords(rawValue: 1 << 10)
  static let email = KeyWords(rawValue: 1 << 11)
  static let phone = KeyWords(rawValue: 1 << 12)
  static let iban = KeyWords(rawValue: 1 << 13)
  static let sort = KeyWords(rawValue: 1 << 14)
  static let account = KeyWords(rawValue: 1 << 15)
  static let number = KeyWords(rawValue: 1 << 16)
  static let code = KeyWords(rawValue: 1 << 17)
  static let card = KeyWords(rawValue: 1 << 18)
  static let postal = KeyWords(rawValue: 1 << 19)
  static let niNumber = KeyWords(rawValue: 1 << 20)
  static let national = KeyWords(rawValue: 1 << 21)
  static let identity = KeyWords(rawValue: 1 << 22)
  static let identifier = KeyWords(rawValue: 1 << 23)
  /// Written as one word: `sortcode`, `accountnumber`.
  static let bankAccount = KeyWords(rawValue: 1 << 24)
  /// Of the network, not of the post: `ipAddress`, `macAddress`.
  static let network = KeyWords(rawValue: 1 << 25)
  static let session = KeyWords(rawValue: 1 << 26)
  static let bank = KeyWords(rawValue: 1 << 27)
  /// Whose number identifies a person: `taxId`, `socialSecurityNumber`.
  static let personal = KeyWords(rawValue: 1 << 29)
  /// After a word: still the thing itself, as in `clientDetails`, `passwordHash`, `secretKeyBase`.
  static let content = KeyWords(rawValue: 1 << 30)
  /// One side of something that goes from one to another: a person, a number that was dialled, or a state.
  static let party = KeyWords(rawValue: 1 << 31)
  /// `first`, `surname` and the like, which may stand alone.
  static let givenName = KeyWords(rawValue: 1 << 28)

  /// The words, in lower case and singular, by what they say. One word may be in several lists.
  static let lists: [(KeyWords, String)] = [
    (.name, "name"),
    (
      .personalName,
      """
      forename surname firstname lastname fullname displayname nickname username middlename maidenname givenname \
      familyname contactname customername clientname employeename contractorname payeename payername login initials handle \
      filename originalname uploadname
      """
    ),
    (
      .role,
      """
      customer contact client employee payee payer beneficiary contractor user driver patient signatory recipient \
      sender author assignee reviewer approver owner person applicant candidate visitor uploader landlord spouse \
      partner director manager referee member worker attendee guest holder cardholder accountholder debtor creditor \
      by individual subscriber nominee guardian initiator requester requestor submitter salutation kin
      """
    ),
    (.namePart, "first last given family middle maiden full display preferred legal known account"),
    (
      .thing,
      """
      fn function job workflow repo repository host server event template system service bucket class method module \
      package table column field metric queue topic branch tag env environment product plan step stage type device db \
      database schema key param parameter variable var app application project trigger task command check monitor \
      alert rule policy role region zone cluster node pod container image form report dashboard sheet tab action api \
      endpoint route operation error exception status state model currency country runner script collection index \
      feature flag experiment channel category dataset build release pipeline test suite log logger thread process \
      binary library lib tool plugin extension theme font color colour icon layout attribute element component widget \
      screen page view menu button unit store folder directory dir path volume disk partition cookie header space \
      namespace domain dns tenantdb resource instance secret common short long brand
      """
    ),
    (
      .about,
      """
      id ref reference status state type kind count total amount at url uri link version flag enabled verified hash \
      hmac digest length size format template currency country language locale score valid sent required changed \
      updated created expiry expires expired ttl role index order group source mode method level domain provider \
      policy opt consent preference rate day hour time timestamp label error reason event limit usage used
      """
    ),
    (
      .secret,
      """
      password passwd pwd passphrase passcode pin secret token credential authorization authorisation cookie otp cvv \
      cvc csrf apikey accesskey privatekey secretkey signingkey bearer accesstoken refreshtoken idtoken authtoken \
      apitoken jwt mnemonic
      """
    ),
    (.key, "key"),
    (.keyQualifier, "api access private secret signing encryption auth master ssh shared service"),
    (.session, "session sessionid"),
    (.birth, "dob birth birthday birthdate dateofbirth born"),
    (
      .address,
      """
      address addr street streetaddress addressline postaladdress homeaddress town city county line house residence
      """
    ),
    (.network, "ip ipaddress mac remote peer bind listen memory contract wallet host server ipv"),
    (.email, "email emailaddress mail"),
    (.phone, "phone telephone tel mobile cell fax msisdn whatsapp phonenumber mobilenumber telephonenumber landline"),
    (.iban, "iban"),
    (.sort, "sort"),
    (.account, "account acct acc"),
    (.bank, "bank"),
    (.number, "number no num nr"),
    (.code, "code"),
    (.bankAccount, "sortcode accountnumber accountno bankaccount acctno"),
    (.card, "cardnumber pan creditcard debitcard card"),
    (.postal, "postcode zip zipcode postalcode postal post"),
    (.niNumber, "nino ninumber nationalinsurance insurance"),
    (.national, "national ni"),
    (.identity, "passport nhs utr ssn taxid licence license nationalid passportnumber tin"),
    (.identifier, "id ref reference"),
    (.personal, "tax national social security fiscal"),
    (.givenName, "first last given family middle maiden full"),
    (.party, "to from cc bcc bill ship sold attn attention caller callee dialled dialed"),
    (.content, "detail info data hash digest salt value base old new pem"),
  ]
}
