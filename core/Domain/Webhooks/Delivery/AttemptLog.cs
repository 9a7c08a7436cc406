using System.Threading.Channels;
using QualityIngest.Domain.Telemetry;

namespace QualityIngest.Domain.Webhooks.Delivery;

/// <summary>
/// Records the attempts of one endpoint as they end: each at once, and together those that end while others are being recorded.
/// </summary>
internal sealed class AttemptLog(DeliveryQueue queue, EndpointLease lease, HeldLease held, TimeSpan disableAfter)
{
    private const int Together = 500;

    private readonly Channel<(RecordedAttempt Attempt, TaskCompletionSource Recorded)> _ended =
        Channel.CreateUnbounded<(RecordedAttempt, TaskCompletionSource)>(new() { SingleReader = true });

    /// <summary>Ends once the attempt is stored.</summary>
    public async Task Record(RecordedAttempt attempt, CancellationToken cancel)
    {
        var recorded = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await _ended.Writer.WriteAsync((attempt, recorded), cancel);
        await recorded.Task.WaitAsync(cancel);
        Instruments.Attempted(attempt.State, attempt.Result.Duration);
    }

    /// <summary>Records until there is nothing to come. Where it cannot, it throws, and what waits to be recorded is left.</summary>
    public async Task Run(CancellationToken cancel)
    {
        var batch = new List<(RecordedAttempt Attempt, TaskCompletionSource Recorded)>(Together);
        while (await _ended.Reader.WaitToReadAsync(cancel))
        {
            while (batch.Count < Together && _ended.Reader.TryRead(out var ended))
                batch.Add(ended);
            await held.Insist(c => queue.Record(lease, [.. batch.Select(b => b.Attempt)], disableAfter, c), cancel);
            foreach (var (_, recorded) in batch)
                recorded.SetResult();
            batch.Clear();
        }
    }

    /// <summary>Says that no attempt will end any more.</summary>
    public void Close() => _ended.Writer.TryComplete();
}
