using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.Extensions.Logging;
using QualityIngest.Database;

namespace QualityIngest.Domain.Webhooks.Delivery;

/// <summary>
/// Serves one endpoint for as long as this node holds it and something is due: several attempts at a time, first attempts of one
/// stream one after the other, in the order of its events. What is slow or dead here delays nothing elsewhere.
/// </summary>
internal sealed partial class EndpointSender(
    EndpointLease lease, HeldLease held, DeliveryQueue queue, Outbox outbox, EndpointCallers callers, WebhookOptions options, TimeProvider time,
    Func<bool> crowded, ILogger logger)
    : IDisposable
{
    /// <summary>How many messages are in memory for each attempt that may run, until they are recorded.</summary>
    private const int Ahead = 16;

    /// <summary>For how long an endpoint is left alone after something here broke, so that what breaks each time does so at leisure.</summary>
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource _lost = new();
    private readonly SemaphoreSlim _open = new(options.Open);
    private readonly SemaphoreSlim _slots = new(options.Concurrency);
    private readonly SemaphoreSlim _ended = new(0); // Never disposed: the last attempt may tell of its end while this one ends.
    private readonly ConcurrentDictionary<Guid, Task> _onTheirWay = new();
    private readonly Dictionary<Guid, Task> _streams = [];
    private readonly AttemptLog _log = new(queue, lease, held, options.DisableAfter);
    private volatile bool _superseded;
    private volatile bool _broken;

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
        try
        {
            await Serve(going.Token);
        }
        catch (OperationCanceledException) when (going.IsCancellationRequested)
        {
            // The node stops, or the endpoint is not its own any more: whoever takes it next goes on.
        }
        catch (Exception broken)
        {
            Stopped(broken);
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
    public void Dispose()
    {
        _lost.Dispose();
        _open.Dispose();
        _slots.Dispose();
    }

    private async Task Serve(CancellationToken going)
    {
        if (await callers.Of(lease, going) is not { } caller)
            return;
        var pace = new Pace(caller.Endpoint.Rate, time);
        var most = options.Concurrency * Ahead;
        var began = Stopwatch.GetTimestamp();
        for (var idle = 0; idle * options.Poll < options.Lease / 4 && !IsOver(began) && await IsCurrent(caller, going);)
        {
            // Half of them at a time, as long as there is enough to do meanwhile.
            var room = most - _onTheirWay.Count;
            var wanted = room >= most / 2 || (room > 0 && _slots.CurrentCount > 0);
            if (wanted && await Start(caller, pace, room, going))
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

    /// <summary>
    /// Whether the endpoint still is as this caller knows it. Once it is not, nothing more begins here: whoever takes it next
    /// goes on, in order, by the new configuration.
    /// </summary>
    private async Task<bool> IsCurrent(EndpointCaller caller, CancellationToken going)
    {
        if (!_superseded && !ReferenceEquals(await callers.Of(lease, going), caller))
            _superseded = true;
        return !_superseded;
    }

    /// <summary>Starts what is due and not on its way yet. False: there is none.</summary>
    private async Task<bool> Start(EndpointCaller caller, Pace pace, int most, CancellationToken going)
    {
        var due = await queue.Due(lease, caller.Endpoint.StrictOrder, [.. _onTheirWay.Keys], most, going);
        foreach (var message in await outbox.Write(lease.Tenant, lease.Endpoint, due, options.BodyBytes, going))
        {
            var (id, stream) = (message.Delivery.Id, message.Delivery.Stream);
            var before = message.Delivery.First ? _streams.GetValueOrDefault(stream, Task.CompletedTask) : Task.CompletedTask;
            var sending = Send(caller, pace, message, before, going);
            if (message.Delivery.First)
                _streams[stream] = sending;
            var recording = Record(sending);
            _onTheirWay[id] = recording;
            _ = recording.ContinueWith(_ => End(id), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        }

        foreach (var (stream, sending) in _streams)
        {
            if (sending.IsCompleted)
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

    /// <summary>Makes an attempt when its turn comes. Null: it was not made, as something here came to an end before.</summary>
    private async Task<RecordedAttempt?> Send(EndpointCaller caller, Pace pace, OutgoingMessage message, Task before, CancellationToken going)
    {
        await before;
        await _open.WaitAsync(going);
        RecordedAttempt? made = null;
        try
        {
            await _slots.WaitAsync(going);
            try
            {
                made = await SendNow(caller, pace, message, going);
            }
            finally
            {
                _slots.Release();
            }
        }
        catch (Exception broken) when (broken is not OperationCanceledException)
        {
            Stopped(broken);
        }
        finally
        {
            if (made is null)
                _open.Release();
        }

        return made;
    }

    private async Task<RecordedAttempt?> SendNow(EndpointCaller caller, Pace pace, OutgoingMessage message, CancellationToken going)
    {
        await pace.Wait(going);
        if (!await IsCurrent(caller, going))
            return null;
        // What could outlast the lease might run beside the next holder's attempts; those that run still end within it.
        if (!held.Runs(options.Timeout))
            throw new LeaseLostException();

        // From here on nothing but the loss of the endpoint stops it: what may have arrived has to be recorded.
        var delivery = message.Delivery;
        var result = await Attempt(caller, message);
        if (result.Status == AttemptResult.Gone)
            _superseded = true;
        // A test is to tell how things are, and is not worth a second try.
        var wait = result.Delivered || delivery.Sequence == 0 ? null : RetrySchedule.After(options, delivery.Attempts + 1, result, Random.Shared.NextDouble());
        return new(delivery, result, wait);
    }

    private async Task Record(Task<RecordedAttempt?> sending)
    {
        if (await sending is not { } made)
            return;
        try
        {
            await _log.Record(made, _lost.Token);
            if (made.Result.Status == AttemptResult.Gone)
                callers.Forget(lease.Endpoint);
        }
        catch (Exception broken) when (broken is not OperationCanceledException)
        {
            Stopped(broken);
        }
        finally
        {
            _open.Release();
        }
    }

    private async Task<AttemptResult> Attempt(EndpointCaller caller, OutgoingMessage message)
    {
        var started = Stopwatch.GetTimestamp();
        try
        {
            return await caller.Attempt(message.Id, message.Body, message.Delivery.Replay, _lost.Token);
        }
        catch (Exception defect) when (!_lost.IsCancellationRequested)
        {
            // One message that cannot be sent must not keep all others from being sent: it fails and is given up in time.
            LogDefect(defect, message.Delivery.Id);
            return EndpointCaller.Failed(started, DeliveryCodes.Unusable);
        }
    }

    private async Task Release()
    {
        try
        {
            await held.Insist(cancel => queue.Release(lease, _broken ? Rest : null, cancel), CancellationToken.None);
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
            Stopped(broken);
            await _lost.CancelAsync();
        }
    }

    private void Stopped(Exception broken)
    {
        (_broken, _superseded) = (true, true);
        LogStopped(broken, lease.Endpoint);
    }

    private static Task Ended(IEnumerable<Task> tasks) =>
        Task.WhenAll(tasks.Select(task => task.ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default)));

    [LoggerMessage(EventId = 8004, Level = LogLevel.Error, Message = "The attempt of delivery {Delivery} ended in a defect of this service.")]
    private partial void LogDefect(Exception defect, Guid delivery);

    [LoggerMessage(EventId = 8001, Level = LogLevel.Warning, Message = "Deliveries to endpoint {Endpoint} stop on this node; another goes on.")]
    private partial void LogStopped(Exception broken, Guid endpoint);
}
