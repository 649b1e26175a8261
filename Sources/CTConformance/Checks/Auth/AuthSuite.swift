/// Who may do what: tokens, roles, signatures (the seed's section 5).
package enum AuthSuite {
  package static let checks: [Check] =
    [AuthRoles.reading, AuthRoles.writing, AuthTokens.missing, AuthTokens.wrong, AuthTokens.expired]
    + [AuthTokens.schemeCase]
    + [AuthSignature.tampered, AuthSignature.rawBytes, AuthSignature.sameWords, AuthSignature.nothingRecorded]
    + [AuthSource.otherSource, AuthFields.byRole]
}
