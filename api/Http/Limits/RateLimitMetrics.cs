using System.Diagnostics.Metrics;
using QualityIngest.Domain.Telemetry;

namespace QualityIngest.Api.Http.Limits;

/// <summary>How often callers are told to wait.</summary>
public static class RateLimitMetrics
{
    private static readonly Counter<long> Refusals = Instruments.Meter.CreateCounter<long>("qualityingest_rate_limited_total");

    /// <summary>Counts a request that was refused.</summary>
    /// <param name="limit"><c>key</c> or <c>address</c>.</param>
    public static void Refuse(string limit) => Refusals.Add(1, new KeyValuePair<string, object?>("limit", limit));
}
