using System.Diagnostics.Metrics;

namespace QualityIngest.Domain.Telemetry;

/// <summary>
/// What a node counts and times of its own work, for <c>/metrics</c>. They belong to the process, as what they measure does; all
/// are made together, so that a node shows each from its start. docs/metrics.md explains them.
/// </summary>
public static class Instruments
{
    /// <summary>The name of the meter.</summary>
    public const string Name = "QualityIngest";

    private static readonly InstrumentAdvice<double> Requests =
        new() { HistogramBucketBoundaries = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10] };

    private static readonly InstrumentAdvice<double> Steps = new() { HistogramBucketBoundaries = [0.01, 0.05, 0.1, 0.5, 1, 5, 15, 60, 300] };

    /// <summary>The meter of all of them.</summary>
    public static Meter Meter { get; } = new(Name);

    private static readonly Histogram<double> HttpRequests = Meter.CreateHistogram(
        "qualityingest_http_request_duration_seconds", "s", "How long requests took, to the last byte of their answer.", null, Requests);

    private static readonly Counter<long> RateLimits =
        Meter.CreateCounter<long>("qualityingest_rate_limited_total", null, "Requests that were told to wait.");

    private static readonly Histogram<double> WorkSteps = Meter.CreateHistogram(
        "qualityingest_work_step_duration_seconds", "s", "How long a step worked on what it claimed at once.", null, Steps);

    private static readonly Counter<long> SourceFailures =
        Meter.CreateCounter<long>("qualityingest_source_failures_total", null, "Exchanges with buckets that failed.");

    private static readonly Histogram<double> WebhookAttempts = Meter.CreateHistogram(
        "qualityingest_webhook_attempt_duration_seconds", "s", "How long attempts to deliver a message took.", null, Requests);

    private static readonly Counter<long> RetentionDeletions =
        Meter.CreateCounter<long>("qualityingest_retention_deleted_total", null, "Rows that were deleted because they were kept long enough.");

    /// <summary>A request was answered.</summary>
    /// <param name="operation">Its operation's id, or <c>other</c>.</param>
    /// <param name="status">The HTTP status.</param>
    /// <param name="duration">From its first byte to the answer's last.</param>
    public static void Answered(string operation, int status, TimeSpan duration) =>
        HttpRequests.Record(duration.TotalSeconds, new("operation", operation), new("status", status));

    /// <summary>A request was told to wait.</summary>
    /// <param name="limit"><c>key</c> or <c>address</c>.</param>
    public static void Limited(string limit) => RateLimits.Add(1, new KeyValuePair<string, object?>("limit", limit));

    /// <summary>A step did what it had claimed.</summary>
    /// <param name="kind">The kind of work.</param>
    /// <param name="duration">How long it worked.</param>
    public static void Worked(string kind, TimeSpan duration) =>
        WorkSteps.Record(duration.TotalSeconds, new KeyValuePair<string, object?>("kind", kind));

    /// <summary>An exchange with a bucket failed.</summary>
    /// <param name="code">The failure's code.</param>
    public static void SourceFailed(string code) => SourceFailures.Add(1, new KeyValuePair<string, object?>("code", code));

    /// <summary>Rows were deleted because they were kept long enough.</summary>
    /// <param name="kind">What they were.</param>
    /// <param name="rows">How many.</param>
    public static void Expired(string kind, long rows) => RetentionDeletions.Add(rows, new KeyValuePair<string, object?>("kind", kind));

    /// <summary>An attempt to deliver a message ended.</summary>
    /// <param name="outcome"><c>delivered</c>, <c>retrying</c> or <c>failed</c>.</param>
    /// <param name="duration">How long it took.</param>
    public static void Attempted(string outcome, TimeSpan duration) =>
        WebhookAttempts.Record(duration.TotalSeconds, new KeyValuePair<string, object?>("outcome", outcome));
}
