using System.Diagnostics;
using OpenTelemetry;

namespace QualityIngest.Api.Telemetry;

/// <summary>
/// Takes from spans what may be secret or somebody's: the paths of addresses, which name objects and hold tokens. Statements and
/// calls that belong to no request and no work, such as the looking for work, are not sent at all.
/// </summary>
internal sealed class DiscreetSpans : BaseProcessor<Activity>
{
    private static readonly string[] Addresses = ["url.full", "url.path", "url.query", "http.url", "http.target"];

    /// <inheritdoc/>
    public override void OnEnd(Activity data)
    {
        foreach (var tag in Addresses)
            data.SetTag(tag, null);
        if (data is { Kind: ActivityKind.Client, Parent: null, HasRemoteParent: false, ParentId: null })
            data.ActivityTraceFlags &= ~ActivityTraceFlags.Recorded;
    }
}
