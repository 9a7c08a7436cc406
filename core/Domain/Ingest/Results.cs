using QualityIngest.Database;
using QualityIngest.Domain.Sources;

namespace QualityIngest.Domain.Ingest;

/// <summary>One claimed conversation.</summary>
public sealed record ResolveClaim(WorkItem Item, ResolveWork Work);

/// <summary>What came of it; null: it is no longer waited for.</summary>
public sealed record ResolveResult(ResolveClaim Claim, MaterialOutcome? Outcome);

/// <summary>
/// The results of one batch, as its fetches bring them in any order. They are given out to be recorded as soon as they hold
/// many bytes, so that a batch of large transcripts never waits in memory for its slowest one.
/// </summary>
public sealed class Results(long fullAt) : IDisposable
{
    private readonly Lock _lock = new();
    private readonly List<ResolveResult> _refusals = [];
    private List<ResolveResult> _results = [];
    private long _bytes;

    /// <summary>Adds a result. Returns what is to be recorded now, or null.</summary>
    public IReadOnlyList<ResolveResult>? Add(ResolveResult result)
    {
        lock (_lock)
        {
            if (result.Outcome is Unresolved { Failure.Class: FailureClass.Connector })
            {
                _refusals.Add(result);
                return null;
            }

            _results.Add(result);
            _bytes += (result.Outcome as Resolved)?.Stored?.Transcript?.Length ?? 0;
            if (_bytes < fullAt)
                return null;
            var full = _results;
            (_results, _bytes) = ([], 0);
            return full;
        }
    }

    /// <summary>What is left once all are added: results to record, and those that a fault of the connector's refused.</summary>
    public (IReadOnlyList<ResolveResult> Results, IReadOnlyList<ResolveResult> Refusals) Rest() => (_results, _refusals);

    /// <summary>Gives back the bytes of what was not recorded, whatever ended the batch.</summary>
    public void Dispose()
    {
        foreach (var (_, outcome) in _results)
            (outcome as Resolved)?.Share?.Dispose();
    }
}
