using System.Diagnostics;
using QualityIngest.Api.Tests.Conversations.Erasure;
using QualityIngest.Api.Tests.Ingest;
using QualityIngest.Client;

namespace QualityIngest.Api.Tests.Webhooks;

/// <summary>Messages that have not arrived when the conversation that they are about is erased.</summary>
[Collection(IngestCollection.Name)]
public sealed class ErasedTests(IngestHost host)
{
    [SkippableFact]
    public async Task What_waits_for_its_next_attempt_is_sent_without_the_external_id()
    {
        var (bucket, word) = (await host.ArrangeReady(), Canary.New());
        await using var receiver = await Receiver.Start();
        receiver.Answer = (_, context) =>
        {
            context.Response.StatusCode = receiver.Received.Count == 1 ? 503 : 200;
            context.Response.Headers.RetryAfter = "3600";
            return Task.CompletedTask;
        };
        var endpoint = (await WebhookHost.Subscribe(bucket.Tenant, receiver, "conversation.completed")).Endpoint.Id;
        await Ingested(bucket, word);
        var waiting = await WebhookHost.Delivery(bucket.Tenant, endpoint, DeliveryState.Retrying);

        await bucket.Client.EraseConversationAsync((await bucket.Conversation(word)).Id, "*");
        await bucket.Client.RetryWebhookDeliveryAsync(waiting.Id);
        await WebhookHost.Delivery(bucket.Tenant, endpoint, DeliveryState.Delivered);

        Assert.Equal([true, false], receiver.Received.Select(m => m.Body.Contains(word, StringComparison.Ordinal)));
        Assert.Single(receiver.Received.Select(m => m.Id).Distinct());
    }

    [SkippableFact]
    public async Task What_was_read_ahead_and_waits_for_its_turn_is_sent_without_the_external_id()
    {
        var (bucket, word) = (await host.ArrangeReady(), Canary.New());
        await using var receiver = await Receiver.Start();
        var erased = new TaskCompletionSource();
        receiver.Answer = async (_, context) =>
        {
            context.Response.StatusCode = 200;
            await erased.Task.WaitAsync(context.RequestAborted);
        };
        // Nobody sends before three messages of the one conversation are there, so that all of them are read at once. The later ones
        // wait for the end of the first attempt.
        var endpoint = (await WebhookHost.Subscribe(bucket.Tenant, receiver, "conversation.completed", "conversation.revised", "conversation.erased")).Endpoint.Id;
        await Sql("insert into webhook_senders (endpoint_id, node, fence, lease_until) values ($1, gen_random_uuid(), 1, now() + interval '1 hour')", endpoint);
        await Ingested(bucket, word);
        await Ingested(bucket, word, start: "2025-06-10T13:00:00Z");
        Assert.Equal(3, (await bucket.Client.ListWebhookDeliveriesAsync(endpointId: endpoint)).Items.Count);
        await Sql("update webhook_senders set lease_until = now() where endpoint_id = $1", endpoint);
        await WebhookHost.Arrived(receiver, 1);

        await bucket.Client.EraseConversationAsync((await bucket.Conversation(word)).Id, "*");
        var answered = Stopwatch.GetTimestamp();
        await Eventually.Holds(() => Task.FromResult(Stopwatch.GetElapsedTime(answered) > TimeSpan.FromSeconds(1)));
        erased.SetResult();
        await WebhookHost.Arrived(receiver, 4);

        Assert.Equal([true, false, false, false], receiver.Received.Select(m => m.Body.Contains(word, StringComparison.Ordinal)));
        Assert.Equal(["conversation.completed", "conversation.revised", "conversation.completed", "conversation.erased"], receiver.Received.Select(m => m.Type));
    }

    private async Task Sql(string sql, Guid endpoint)
    {
        await using var command = host.Database.Source.CreateCommand(sql);
        command.Parameters.Add(new() { Value = endpoint });
        await command.ExecuteNonQueryAsync();
    }

    private static async Task Ingested(Arranged bucket, string conversation, string start = "2025-06-10T13:30:00Z")
    {
        await bucket.PutScript(conversation);
        await bucket.PutCsv("a.csv", [Arranged.Row(conversation, start: start)]);
        await bucket.Ingest();
    }
}
