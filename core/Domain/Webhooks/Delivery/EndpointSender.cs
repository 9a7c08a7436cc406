using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.Extensions.Logging;
using QualityIngest.Database;

namespace QualityIngest.Domain.Webhooks.Delivery;

/// <summary>
/// Serves one endpoint for as long as this node holds it and something is due: several attempts at a time, first attempts of one
/// stream one after the other, in the order of its events. What is slow or dead here delays nothing elsewhere.
/// </summary>
internal sealed class EndpointSender(
    EndpointLease lease, HeldLease held, DeliveryQueue queue, Outbox outbox, EndpointCallers callers, WebhookOptions options,
    Func<bool> crowded, ILogger logger)
    : IDisposable
{
    /// <summary>How many messages are in memory for each attempt that may run, until they are recorded.</summary>
    private const int Ahead = 16;

    /// <summary>For how long an endpoint is left alone after something here broke, so that what breaks each time does so at leisure.</summary>
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource _lost = new();
    private readonly SemaphoreSlim _ended = new(0); // Never disposed: the last attempt may tell of its end while this one ends.
    private readonly ConcurrentDictionary<Guid, Task> _onTheirWay = new();
    private readonly Dictionary<Guid, Task> _streams = [];
    private readonly AttemptLog _log = new(queue, lease, held, options.DisableAfter);
    private readonly ServingState _state = new(lease, callers, logger);

    /// <summary>
    /// Sends until nothing has been due for a while, its slice is over while others may wait for its place (<c>crowded</c>), the
    /// endpoint is disabled, or it is another node's. When it ends, attempts that run come to their end, so that nothing is sent twice.
    /// </summary>
    public async Task Run(CancellationToken stopping)
    {
        var recording = StopOnFailure(_log.Run(_lost.Token));
        using var served = CancellationTokenSource.CreateLinkedTokenSource(_lost.Token);
        var heartbeat = StopOnFailure(held.Keep(served.Token));
        using var going = CancellationTokenSource.CreateLinkedTokenSource(stopping, _lost.Token);
        using var attempts = new Attempts(_state, lease, held, outbox, _log, options, logger, _lost.Token);
        try
        {
            await Serve(attempts, going.Token);
        }
        catch (OperationCanceledException) when (going.IsCancellationRequested)
        {
            // The node stops, or the endpoint is not its own any more: whoever takes it next goes on.
        }
        catch (Exception broken)
        {
            _state.Stop(broken);
        }
        finally
        {
            await going.CancelAsync();
            await Ended(_onTheirWay.Values);
            _log.Close();
            await recording;
            await served.CancelAsync();
            await heartbeat;
            await Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _lost.Dispose();

    private async Task Serve(Attempts attempts, CancellationToken going)
    {
        if (await callers.Of(lease, going) is not { } caller)
            return;
        var most = options.Concurrency * Ahead;
        var began = Stopwatch.GetTimestamp();
        for (var idle = 0; idle * options.Poll < options.Lease / 4 && !IsOver(began) && await _state.IsCurrent(caller, going);)
        {
            // Half of them at a time, as long as there is enough to do meanwhile.
            var room = most - _onTheirWay.Count;
            var wanted = room >= most / 2 || (room > 0 && attempts.HasPlace);
            if (wanted && await Start(attempts, caller, room, going))
            {
                idle = 0;
                continue;
            }

            idle = _onTheirWay.IsEmpty ? idle + 1 : 0;
            if (wanted && !caller.Endpoint.StrictOrder)
                await Task.Delay(options.Poll, going); // Nothing was due: no end of an attempt changes that.
            else
                await _ended.WaitAsync(options.Poll, going);
        }
    }

    /// <summary>
    /// Whether it is others' turn: half a lease (30 s by default) is long beside an attempt, and short for whoever waits behind
    /// endpoints that hang and always have something due.
    /// </summary>
    private bool IsOver(long began) => crowded() && Stopwatch.GetElapsedTime(began) > options.Lease / 2;

    /// <summary>Starts what is due and not on its way yet. False: there is none.</summary>
    private async Task<bool> Start(Attempts attempts, EndpointCaller caller, int most, CancellationToken going)
    {
        var due = await queue.Due(lease, caller.Endpoint.StrictOrder, [.. _onTheirWay.Keys], most, going);
        foreach (var message in await outbox.Write(lease.Tenant, lease.Endpoint, due, options.BodyBytes, going))
        {
            var (id, stream) = (message.Delivery.Id, message.Delivery.Stream);
            var before = message.Delivery.First ? _streams.GetValueOrDefault(stream, Task.CompletedTask) : Task.CompletedTask;
            var making = attempts.Make(caller, message, before, going);
            if (message.Delivery.First)
                _streams[stream] = making;
            var recording = attempts.Record(making);
            _onTheirWay[id] = recording;
            _ = recording.ContinueWith(_ => End(id), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        }

        foreach (var (stream, making) in _streams)
        {
            if (making.IsCompleted)
                _streams.Remove(stream);
        }

        return due.Count > 0;
    }

    private void End(Guid delivery)
    {
        _onTheirWay.TryRemove(delivery, out _);
        if (_ended.CurrentCount == 0)
            _ended.Release();
    }

    private async Task Release()
    {
        try
        {
            await held.Insist(cancel => queue.Release(lease, _state.Broken ? Rest : null, cancel), CancellationToken.None);
        }
        catch (LeaseLostException)
        {
            // It has run out by itself.
        }
    }

    /// <summary>Ends everything where one part of it cannot go on.</summary>
    private async Task StopOnFailure(Task part)
    {
        try
        {
            await part;
        }
        catch (OperationCanceledException)
        {
            // Somebody else has ended it.
        }
        catch (Exception broken)
        {
            _state.Stop(broken);
            await _lost.CancelAsync();
        }
    }

    private static Task Ended(IEnumerable<Task> tasks) =>
        Task.WhenAll(tasks.Select(task => task.ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default)));
}
