using System.Collections.Frozen;

namespace QualityIngest.Api.Http;

/// <summary>The codes that problems have, each with the one status that it comes with. <c>docs/errors.md</c> explains them.</summary>
public static class ProblemCodes
{
    private static readonly FrozenDictionary<string, int> ByCode = new Dictionary<int, string[]>
    {
        [StatusCodes.Status400BadRequest] =
        [
            "bad_request", "invalid_json", "missing_body", "missing_member", "unknown_member", "invalid_parameter", "invalid_limit",
            "invalid_cursor", "invalid_if_match", "invalid_idempotency_key", "unknown_event_type", "notification_malformed",
        ],
        [StatusCodes.Status401Unauthorized] = ["missing_key", "invalid_key", "revoked_key", "expired_key"],
        [StatusCodes.Status403Forbidden] =
        [
            "insufficient_scope", "wrong_topic", "signature_invalid", "certificate_untrusted", "confirmation_untrusted",
            "notification_expired", "notification_unsigned",
        ],
        [StatusCodes.Status404NotFound] = ["not_found"],
        [StatusCodes.Status405MethodNotAllowed] = ["method_not_allowed"],
        [StatusCodes.Status408RequestTimeout] = ["request_timeout"],
        [StatusCodes.Status409Conflict] =
        [
            "agent_email_taken", "agent_external_id_taken", "connector_disabled", "connector_name_taken", "connector_removed",
            "connector_suspended", "conversation_withdrawn", "endpoint_disabled", "file_of_batch", "format_fixed",
            "idempotency_in_flight", "namespace_fixed", "no_recording", "no_transcript", "no_waveform", "not_awaiting_confirmation",
            "not_erased", "not_of_this_format", "not_retryable", "paths_overlap", "queue_in_use", "queue_name_taken",
            "recording_in_bucket", "scan_ended", "scan_running", "secret_already_shown", "tenant_exists", "too_many_endpoints",
        ],
        [StatusCodes.Status410Gone] = ["conversation_erased"],
        [StatusCodes.Status412PreconditionFailed] = ["stale_version"],
        [StatusCodes.Status413PayloadTooLarge] = ["body_too_large"],
        [StatusCodes.Status415UnsupportedMediaType] = ["unsupported_media_type"],
        [StatusCodes.Status422UnprocessableEntity] =
            ["invalid", "idempotency_mismatch", "empty_file", "unknown_column", "duplicate_column", "missing_column", "too_many_rows"],
        [StatusCodes.Status428PreconditionRequired] = ["if_match_required"],
        [StatusCodes.Status429TooManyRequests] = ["rate_limited", "refresh_cooldown", "notification_rate", "too_many_streams"],
        [StatusCodes.Status500InternalServerError] = ["internal_error"],
        [StatusCodes.Status503ServiceUnavailable] = ["unavailable", "certificate_unavailable", "confirmation_failed"],
    }.SelectMany(status => status.Value.Select(code => (Code: code, Status: status.Key))).ToFrozenDictionary(pair => pair.Code, pair => pair.Status);

    /// <summary>Every code, with its status.</summary>
    public static IReadOnlyDictionary<string, int> All => ByCode;

    /// <summary>The status that a code comes with.</summary>
    /// <exception cref="InvalidOperationException">The code is not listed here.</exception>
    public static int StatusOf(string code) => ByCode.TryGetValue(code, out var status)
        ? status
        : throw new InvalidOperationException($"The document needs a status for the code '{code}': add it to {nameof(ProblemCodes)}.");
}
