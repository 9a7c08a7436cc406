using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using QualityIngest.Database;

namespace QualityIngest.Domain.Webhooks.Delivery;

/// <summary>Takes endpoints that have something due and serves each on its own, until the node stops.</summary>
public sealed partial class DeliveryLoop(
    DeliveryQueue queue, Outbox outbox, EndpointCallers callers, IOptions<WebhookOptions> options, TimeProvider time, ILogger<DeliveryLoop> logger)
    : BackgroundService
{
    private readonly Guid _node = Guid.NewGuid();
    private readonly List<Task> _senders = [];
    private volatile bool _crowded;

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        while (options.Value.Enabled && !stoppingToken.IsCancellationRequested)
        {
            try
            {
                await Take(stoppingToken);
                await Task.Delay(options.Value.Poll, time, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                break;
            }
            catch (Exception broken)
            {
                LogBroken(broken);
                await Task.Delay(TimeSpan.FromSeconds(1), time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }

        await Task.WhenAll(_senders);
    }

    private async Task Take(CancellationToken stopping)
    {
        _senders.RemoveAll(sender => sender.IsCompleted);
        var room = options.Value.Endpoints - _senders.Count;
        if (room > 0)
        {
            foreach (var lease in await queue.Acquire(_node, options.Value.Lease, room, stopping))
                _senders.Add(Serve(lease, stopping));
        }

        _crowded = _senders.Count >= options.Value.Endpoints;
    }

    private async Task Serve(EndpointLease lease, CancellationToken stopping)
    {
        using var sender = new EndpointSender(
            lease, new(queue, lease, options.Value.Lease), queue, outbox, callers, options.Value, () => _crowded, logger);
        try
        {
            await sender.Run(stopping);
        }
        catch (Exception broken)
        {
            // The endpoint comes back when its lease runs out.
            LogBroken(broken);
        }
    }

    [LoggerMessage(EventId = 8003, Level = LogLevel.Error, Message = "Deliveries are interrupted and go on by themselves.")]
    private partial void LogBroken(Exception broken);
}
