using System.Diagnostics;
using System.Text;
using QualityIngest.Database;
using QualityIngest.Domain.Webhooks.Messages;

namespace QualityIngest.Domain.Webhooks.Delivery;

/// <summary>A message ready to be sent.</summary>
/// <param name="Delivery">What is due.</param>
/// <param name="Id">The header <c>webhook-id</c>: the same for every attempt, every endpoint and every replay of the event.</param>
/// <param name="Body">The body.</param>
/// <param name="Written">The stopwatch's reading when its body was about to be written.</param>
public sealed record OutgoingMessage(DueDelivery Delivery, string Id, byte[] Body, long Written);

/// <summary>Writes the bodies of what is due: from the events, each once, whenever it is attempted.</summary>
public sealed class Outbox(Postgres postgres, EventStore.EventStore events)
{
    /// <summary>How old a body may be when it is sent: as long as what was erased is told of as it was.</summary>
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(1);

    /// <summary>The message as it is to be sent now: one that has waited for its turn is written anew.</summary>
    public async Task<OutgoingMessage> Current(string tenant, Guid endpoint, OutgoingMessage message, int most, CancellationToken cancel) =>
        Stopwatch.GetElapsedTime(message.Written) < Fresh ? message : (await Write(tenant, endpoint, [message.Delivery], most, cancel))[0];

    /// <summary>The messages of these deliveries, in their order.</summary>
    public async Task<IReadOnlyList<OutgoingMessage>> Write(
        string tenant, Guid endpoint, IReadOnlyList<DueDelivery> due, int most, CancellationToken cancel)
    {
        if (due is [])
            return [];
        var written = Stopwatch.GetTimestamp();
        await using var session = await postgres.Pipeline(tenant, cancel);
        var stored = await events.FetchEvents(session.Transaction, tenant, [.. due.Select(d => d.Sequence).Where(s => s > 0).Distinct()], cancel);
        var messages = await EventMessages.Of(session, tenant, stored, cancel);
        var bodies = messages.ToDictionary(m => m.Event.Sequence, m => m.Message.ToBody(most));
        var now = due.Any(d => d.Sequence == 0) ? await session.Scalar<DateTimeOffset>(new Statement("select clock_timestamp()"), cancel) : default;
        return [.. due.Select(d => new OutgoingMessage(
            d, EventMessages.Id(d.EventId), d.Sequence > 0 ? bodies[d.Sequence] : TestMessage(d, endpoint, now).ToBody(most), written))];
    }

    private static EventMessage TestMessage(DueDelivery due, Guid endpoint, DateTimeOffset now) => new(
        EventMessages.Id(due.EventId), EventTypes.Test, now, new EndpointData($"/v1/webhooks/endpoints/{endpoint}", null, 0, endpoint));
}
