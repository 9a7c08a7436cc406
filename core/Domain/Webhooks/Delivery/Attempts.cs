using System.Diagnostics;
using Microsoft.Extensions.Logging;
using QualityIngest.Database;
using QualityIngest.Domain.Telemetry;

namespace QualityIngest.Domain.Webhooks.Delivery;

/// <summary>
/// Makes the attempts of one endpoint, so many at a time and at the endpoint's pace. One that is over leaves its place to the next
/// while it is recorded; those that run or wait to be recorded are bounded too (<see cref="WebhookOptions.Open"/>).
/// </summary>
internal sealed partial class Attempts(
    ServingState state, EndpointLease lease, HeldLease held, Outbox outbox, AttemptLog log, WebhookOptions options, ILogger logger, CancellationToken lost)
    : IDisposable
{
    private readonly SemaphoreSlim _open = new(options.Open);
    private readonly SemaphoreSlim _places = new(options.Concurrency);

    /// <summary>Whether one more could run at once.</summary>
    public bool HasPlace => _open.CurrentCount > 0 && _places.CurrentCount > 0;

    /// <summary>Makes an attempt when its turn comes. Null: it was not made, as something came to an end before.</summary>
    /// <param name="caller">Who sends it.</param>
    /// <param name="message">What is sent.</param>
    /// <param name="before">What has to be over first.</param>
    /// <param name="going">Ends the wait for its turn. What has begun only the loss of the endpoint ends: it may have arrived.</param>
    public async Task<RecordedAttempt?> Make(EndpointCaller caller, OutgoingMessage message, Task before, CancellationToken going)
    {
        await before;
        await _open.WaitAsync(going);
        RecordedAttempt? made = null;
        try
        {
            made = await MakeInPlace(caller, message, going);
        }
        catch (Exception broken) when (broken is not OperationCanceledException)
        {
            state.Stop(broken);
        }
        finally
        {
            if (made is null)
                _open.Release();
        }

        return made;
    }

    /// <summary>Records an attempt once it is made.</summary>
    public async Task Record(Task<RecordedAttempt?> making)
    {
        if (await making is not { } made)
            return;
        try
        {
            await log.Record(made, lost);
        }
        catch (Exception broken) when (broken is not OperationCanceledException)
        {
            state.Stop(broken);
        }
        finally
        {
            _open.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _open.Dispose();
        _places.Dispose();
    }

    private async Task<RecordedAttempt?> MakeInPlace(EndpointCaller caller, OutgoingMessage message, CancellationToken going)
    {
        await _places.WaitAsync(going);
        try
        {
            await caller.Pace.Wait(going);
            if (!await state.IsCurrent(caller, going))
                return null;
            // What was erased since it was read is not told of as it was.
            message = await outbox.Current(lease.Tenant, lease.Endpoint, message, options.BodyBytes, going);
            // What could outlast the lease might run beside the next holder's attempts; those that run still end within it.
            if (!held.Runs(options.Timeout))
                throw new LeaseLostException();

            var delivery = message.Delivery;
            var result = await Send(caller, message);
            if (result.Status == AttemptResult.Gone)
                state.Gone();
            // A test is to tell how things are, and is not worth a second try.
            var wait = result.Delivered || delivery.Sequence == 0 ? null : RetrySchedule.After(options, delivery.Attempts + 1, result, Random.Shared.NextDouble());
            return new(delivery, caller.Endpoint.Version, result, wait);
        }
        finally
        {
            _places.Release();
        }
    }

    private async Task<AttemptResult> Send(EndpointCaller caller, OutgoingMessage message)
    {
        var started = Stopwatch.GetTimestamp();
        using var span = Traces.Attempt(caller.Endpoint.Id, message.Delivery.Id, message.Delivery.Attempts + 1);
        try
        {
            var result = await caller.Attempt(message.Id, message.Body, message.Delivery.Replay, lost);
            if (result.Code is { } code)
                span.Failed(code);
            return result;
        }
        catch (Exception defect) when (!lost.IsCancellationRequested)
        {
            // One message that cannot be sent must not keep all others from being sent: it fails and is given up in time.
            span.Failed(defect.GetType().FullName!);
            LogDefect(defect, message.Delivery.Id);
            return EndpointCaller.Failed(started, DeliveryCodes.Unusable);
        }
    }

    [LoggerMessage(EventId = 8004, Level = LogLevel.Error, Message = "The attempt of delivery {Delivery} ended in a defect of this service.")]
    private partial void LogDefect(Exception defect, Guid delivery);
}
