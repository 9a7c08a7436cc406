using QualityIngest.Database;
using QualityIngest.Domain.Telemetry;

namespace QualityIngest.Api.Telemetry;

/// <summary>What the database says of the whole installation, as metrics. Every node tells the same.</summary>
public static class DatabaseReadings
{
    private static readonly (string Metric, string Name, string? Label, string Help)[] Single =
    [
        ("connectors", "qualityingest_connectors", "state", "Connectors: enabled, disabled, or suspended because of their bucket."),
        ("scan_age", "qualityingest_scan_age_seconds", "connector", "How long ago a scan of an enabled connector with a schedule was last completed; those of the longest."),
        ("deliveries", "qualityingest_webhook_deliveries", "state", "Messages to webhook endpoints that were never attempted (pending), or wait for another attempt (retrying)."),
        ("delivery_age", "qualityingest_webhook_oldest_pending_seconds", null, "Age of the oldest message that was never attempted."),
        ("endpoints", "qualityingest_webhook_endpoints", "state", "Webhook endpoints: working, failing, or disabled."),
        ("quota_ended", "qualityingest_quota_ended", null, "Days of tenants and formats that are over today, because a file did not fit."),
        ("files_deferred", "qualityingest_files_deferred", null, "Files that wait for another day's quota."),
    ];

    /// <summary>The metrics.</summary>
    /// <param name="figures">What the database said; null: nothing.</param>
    public static IEnumerable<MetricFamily> Of(Gauged? figures)
    {
        yield return Gauge("qualityingest_database_up", "Whether the database could be asked for what follows: 1 or 0.", [Sample.Of(figures is null ? 0 : 1)]);
        if (figures is null)
            yield break;
        yield return Gauge("qualityingest_work_items", "Work by kind and state: due, later (delayed or backing off), closed (its connector is disabled), running, dead.", [.. figures.Work.SelectMany(Items)]);
        yield return Gauge(
            "qualityingest_work_oldest_seconds", "For how long the oldest due work of a kind has been due.",
            [.. figures.Work.Select(work => Sample.Of(work.OldestSeconds, KeyValuePair.Create("kind", work.Kind)))]);
        yield return Gauge("qualityingest_feed_behind", "Event numbers that are drawn and not yet final: the feed and webhooks wait for them.", [Sample.Of(figures.Feed.Behind)]);
        yield return Gauge("qualityingest_feed_oldest_writer_seconds", "Age of the oldest transaction that writes, which the feed waits for.", [Sample.Of(figures.Feed.OldestWriter.TotalSeconds)]);
        foreach (var (metric, name, label, help) in Single)
            yield return Gauge(name, help, [.. figures.Values.Where(value => value.Metric == metric).Select(value => Value(label, value.Label, value.Value))]);

        var completion = figures.Values.Where(value => value.Metric == "completion").ToList();
        yield return Gauge(
            "qualityingest_completion_seconds", "From the discovery of its file to the conversation's completion, over the last 5 minutes: median, 95th percentile, longest.",
            [.. completion.Where(value => value.Label != "count").Select(value => Value("quantile", value.Label, value.Value))]);
        yield return Gauge(
            "qualityingest_completions_recent", "Conversations that were completed in the last 5 minutes, by which the former is measured.",
            [.. completion.Where(value => value.Label == "count").Select(value => Sample.Of(value.Value))]);
    }

    private static IEnumerable<Sample> Items(WorkBacklog work) =>
        new (string State, long Count)[] { ("due", work.Due), ("later", work.Later), ("closed", work.Closed), ("running", work.Running), ("dead", work.Dead) }
            .Select(state => Sample.Of(state.Count, KeyValuePair.Create("kind", work.Kind), KeyValuePair.Create("state", state.State)));

    private static Sample Value(string? name, string? label, double value) =>
        name is null ? Sample.Of(value) : Sample.Of(value, KeyValuePair.Create(name, label ?? ""));

    private static MetricFamily Gauge(string name, string help, IReadOnlyList<Sample> samples) => new(name, MetricType.Gauge, help, samples);
}
