import COpenSSL

/// Reads until when a certificate is valid.
package enum CertificateFile {
  /// Why a file tells nothing, for the person who has to mend it.
  package struct Fault: Error, Sendable, CustomStringConvertible {
    package let description: String
  }

  /// The end of the validity of the first certificate in a PEM file, in seconds since 1970.
  package static func notAfter(_ path: String) throws(Fault) -> Int64 {
    ERR_clear_error()
    guard let file = BIO_new_file(path, "r") else { throw Fault(description: "\(path) cannot be read") }
    defer { BIO_free(file) }
    guard let certificate = PEM_read_bio_X509(file, nil, nil, nil) else {
      throw Fault(description: "\(path) holds no certificate in PEM form")
    }
    defer { X509_free(certificate) }
    var days: Int32 = 0
    var seconds: Int32 = 0
    let epoch = ASN1_TIME_set(nil, 0)
    defer { ASN1_STRING_free(epoch) }
    guard let epoch, ASN1_TIME_diff(&days, &seconds, epoch, X509_get0_notAfter(certificate)) == 1 else {
      throw Fault(description: "\(path) holds a certificate whose end cannot be read")
    }
    return Int64(days) * 86_400 + Int64(seconds)
  }
}
