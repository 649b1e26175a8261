internal import CTGenerated

// What a command needs of an answer; every other answer is thrown as what the tower said.

extension StartTrigger.Output {
  var runId: String {
    get throws(RefusedError) {
      switch self {
      case .accepted(let answer): return answer.body.runId
      case .badRequest(let answer): throw RefusedError(answer.body)
      case .unauthorized(let answer): throw RefusedError(answer.body)
      case .forbidden(let answer): throw RefusedError(answer.body)
      case .notFound(let answer): throw RefusedError(answer.body)
      case .requestTimeout(let answer): throw RefusedError(answer.body)
      case .lengthRequired(let answer): throw RefusedError(answer.body)
      case .contentTooLarge(let answer): throw RefusedError(answer.body)
      case .unsupportedMediaType(let answer): throw RefusedError(answer.body)
      case .unprocessableContent(let answer): throw RefusedError(answer.body)
      case .tooManyRequests(let answer): throw RefusedError(answer.body)
      case .serviceUnavailable(let answer): throw RefusedError(answer.body)
      }
    }
  }
}

extension ListRuns.Output {
  var page: ListRuns.OK {
    get throws(RefusedError) {
      switch self {
      case .ok(let answer): return answer
      case .badRequest(let answer): throw RefusedError(answer.body)
      case .unauthorized(let answer): throw RefusedError(answer.body)
      case .forbidden(let answer): throw RefusedError(answer.body)
      case .serviceUnavailable(let answer): throw RefusedError(answer.body)
      }
    }
  }
}

extension GetRun.Output {
  var run: Run {
    get throws(RefusedError) {
      switch self {
      case .ok(let answer): return answer.body
      case .badRequest(let answer): throw RefusedError(answer.body)
      case .unauthorized(let answer): throw RefusedError(answer.body)
      case .forbidden(let answer): throw RefusedError(answer.body)
      case .notFound(let answer): throw RefusedError(answer.body)
      case .serviceUnavailable(let answer): throw RefusedError(answer.body)
      }
    }
  }
}

extension CancelRun.Output {
  var run: Run {
    get throws(RefusedError) {
      switch self {
      case .ok(let answer): return answer.body
      case .badRequest(let answer): throw RefusedError(answer.body)
      case .unauthorized(let answer): throw RefusedError(answer.body)
      case .forbidden(let answer): throw RefusedError(answer.body)
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

extension RetryRun.Output {
  var runId: String {
    get throws(RefusedError) {
      switch self {
      case .accepted(let answer): return answer.body.runId
      case .badRequest(let answer): throw RefusedError(answer.body)
      case .unauthorized(let answer): throw RefusedError(answer.body)
      case .forbidden(let answer): throw RefusedError(answer.body)
      case .notFound(let answer): throw RefusedError(answer.body)
      case .requestTimeout(let answer): throw RefusedError(answer.body)
      case .conflict(let answer): throw RefusedError(answer.body)
      case .lengthRequired(let answer): throw RefusedError(answer.body)
      case .contentTooLarge(let answer): throw RefusedError(answer.body)
      case .tooManyRequests(let answer): throw RefusedError(answer.body)
      case .serviceUnavailable(let answer): throw RefusedError(answer.body)
      }
    }
  }
}
