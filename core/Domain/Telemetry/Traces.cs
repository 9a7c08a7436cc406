using System.Diagnostics;

namespace QualityIngest.Domain.Telemetry;

/// <summary>
/// The spans of a node's own work, for who collects traces; where nobody does, there are none. They name kinds, counts, ids and
/// codes alone: no keys of objects, addresses, bodies or what somebody said.
/// </summary>
public static class Traces
{
    /// <summary>The name of the source.</summary>
    public const string Name = "QualityIngest";

    private static readonly ActivitySource Source = new(Name);

    /// <summary>A step works on what it claimed at once. Statements and exchanges with buckets stand below it.</summary>
    /// <param name="kind">The kind of work.</param>
    /// <param name="items">How many items.</param>
    /// <param name="attempt">How often the most tried of them was claimed.</param>
    public static Activity? Work(string kind, int items, int attempt) => Begin($"work {kind}", ActivityKind.Consumer)
        ?.SetTag("qualityingest.work.kind", kind).SetTag("qualityingest.work.items", items).SetTag("qualityingest.work.attempt", attempt);

    /// <summary>A message is sent to its endpoint, the exchange standing below it.</summary>
    /// <param name="endpoint">The endpoint.</param>
    /// <param name="delivery">The delivery.</param>
    /// <param name="attempt">The attempt's number, from 1.</param>
    public static Activity? Attempt(Guid endpoint, Guid delivery, int attempt) => Begin("webhook attempt", ActivityKind.Producer)
        ?.SetTag("qualityingest.webhook.endpoint", endpoint.ToString()).SetTag("qualityingest.webhook.delivery", delivery.ToString())
        .SetTag("qualityingest.webhook.attempt", attempt);

    /// <summary>Notes that what a span is about did not succeed.</summary>
    /// <param name="span">The span; null: nobody collects it.</param>
    /// <param name="code">A stable word, or the name of an exception's type. What exceptions say may repeat values, and is left out.</param>
    public static void Failed(this Activity? span, string code) => span?.SetStatus(ActivityStatusCode.Error).SetTag("error.type", code);

    // Work belongs to nobody's call: whatever ran where its loop was started is not its parent.
    private static Activity? Begin(string name, ActivityKind kind)
    {
        Activity.Current = null;
        return Source.StartActivity(name, kind);
    }
}
