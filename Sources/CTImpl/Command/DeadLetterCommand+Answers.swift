internal import CTGenerated

// What a command needs of an answer; every other answer is thrown as what the tower said.

extension ListDeadLetters.Output {
  var page: ListDeadLetters.OK {
    get throws(RefusedError) {
      switch self {
      case .ok(let answer): return answer
      case .badRequest(let answer): throw RefusedError(answer.body)
      case .unauthorized(let answer): throw RefusedError(answer.body)
      case .forbidden(let answer): throw RefusedError(answer.body)
      case .notAcceptable(let answer): throw RefusedError(answer.body)
      case .serviceUnavailable(let answer): throw RefusedError(answer.body)
      }
    }
  }
}

extension GetDeadLetter.Output {
  var letter: DeadLetter {
    get throws(RefusedError) {
      switch self {
      case .ok(let answer): return answer.body
      case .badRequest(let answer): throw RefusedError(answer.body)
      case .unauthorized(let answer): throw RefusedError(answer.body)
      case .forbidden(let answer): throw RefusedError(answer.body)
      case .notAcceptable(let answer): throw RefusedError(answer.body)
      case .notFound(let answer): throw RefusedError(answer.body)
      case .serviceUnavailable(let answer): throw RefusedError(answer.body)
      }
    }
  }
}

extension ReplayDeadLetter.Output {
  var letter: DeadLetter {
    get throws(RefusedError) {
      switch self {
      case .ok(let answer): return answer.body
      case .badRequest(let answer): throw RefusedError(answer.body)
      case .unauthorized(let answer): throw RefusedError(answer.body)
      case .forbidden(let answer): throw RefusedError(answer.body)
      case .notAcceptable(let answer): throw RefusedError(answer.body)
      case .notFound(let answer): throw RefusedError(answer.body)
      case .requestTimeout(let answer): throw RefusedError(answer.body)
      case .conflict(let answer): throw RefusedError(answer.body)
      case .lengthRequired(let answer): throw RefusedError(answer.body)
      case .contentTooLarge(let answer): throw RefusedError(answer.body)
      case .serviceUnavailable(let answer): throw RefusedError(answer.body)
      }
    }
  }
}

extension TombstoneDeadLetter.Output {
  var letter: DeadLetter {
    get throws(RefusedError) {
      switch self {
      case .ok(let answer): return answer.body
      case .badRequest(let answer): throw RefusedError(answer.body)
      case .unauthorized(let answer): throw RefusedError(answer.body)
      case .forbidden(let answer): throw RefusedError(answer.body)
      case .notAcceptable(let answer): throw RefusedError(answer.body)
      case .notFound(let answer): throw RefusedError(answer.body)
      case .requestTimeout(let answer): throw RefusedError(answer.body)
      case .conflict(let answer): throw RefusedError(answer.body)
      case .lengthRequired(let answer): throw RefusedError(answer.body)
      case .contentTooLarge(let answer): throw RefusedError(answer.body)
      case .unsupportedMediaType(let answer): throw RefusedError(answer.body)
      case .unprocessableContent(let answer): throw RefusedError(answer.body)
      case .serviceUnavailable(let answer): throw RefusedError(answer.body)
      }
    }
  }
}

extension ReplayDeadLetters.Output {
  var report: ReplayReport {
    get throws(RefusedError) {
      switch self {
      case .ok(let answer): return answer.body
      case .badRequest(let answer): throw RefusedError(answer.body)
      case .unauthorized(let answer): throw RefusedError(answer.body)
      case .forbidden(let answer): throw RefusedError(answer.body)
      case .notAcceptable(let answer): throw RefusedError(answer.body)
      case .requestTimeout(let answer): throw RefusedError(answer.body)
      case .lengthRequired(let answer): throw RefusedError(answer.body)
      case .contentTooLarge(let answer): throw RefusedError(answer.body)
      case .unsupportedMediaType(let answer): throw RefusedError(answer.body)
      case .unprocessableContent(let answer): throw RefusedError(answer.body)
      case .serviceUnavailable(let answer): throw RefusedError(answer.body)
      }
    }
  }
}
