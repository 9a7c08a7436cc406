using System.Diagnostics;
using Npgsql;
using QualityIngest.Database;

namespace QualityIngest.Domain.Webhooks.Delivery;

/// <summary>
/// An endpoint's lease as its holder keeps it. While it surely runs, nobody else sends to the endpoint, so whatever a cut
/// connection kept from the database is written again, and nothing has to be sent again.
/// </summary>
internal sealed class HeldLease(DeliveryQueue queue, EndpointLease lease, TimeSpan life)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private long _since = lease.Asked;

    private TimeSpan Left => life - Stopwatch.GetElapsedTime(Volatile.Read(ref _since));

    /// <summary>Whether the lease surely runs for longer than this.</summary>
    public bool Runs(TimeSpan longer) => Left > longer;

    /// <summary>Renews the lease until it is cancelled.</summary>
    /// <exception cref="LeaseLostException">The endpoint is another node's by now, or may be.</exception>
    public async Task Keep(CancellationToken cancel)
    {
        while (true)
        {
            await Task.Delay(life / 3, cancel);
            await Insist(Renew, cancel);
        }
    }

    /// <summary>Does something to the database until it has worked, for as long as the lease runs.</summary>
    /// <param name="work">What may be done twice as well as once: of a connection that is cut nobody knows what it still did.</param>
    /// <param name="cancel">Ends it.</param>
    /// <exception cref="LeaseLostException">The lease ran out meanwhile.</exception>
    public async Task Insist(Func<CancellationToken, Task> work, CancellationToken cancel)
    {
        while (true)
        {
            try
            {
                await work(cancel);
                return;
            }
            catch (NpgsqlException broken) when (broken.IsTransient)
            {
                if (!Runs(TimeSpan.Zero))
                    throw new LeaseLostException();
                await Task.Delay(Pause, cancel);
            }
        }
    }

    private async Task Renew(CancellationToken cancel)
    {
        var (asked, left) = (Stopwatch.GetTimestamp(), Left);
        if (left <= TimeSpan.Zero)
            throw new LeaseLostException();
        using var inTime = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        inTime.CancelAfter(left);
        try
        {
            if (!await queue.Renew(lease, life, inTime.Token))
                throw new LeaseLostException();
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            throw new LeaseLostException();
        }

        Volatile.Write(ref _since, asked);
    }
}
