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

    private static async Task Ingested(Arranged bucket, string conversation, string start = "2025-06-10T13:30:00Z")
    {
        await bucket.PutScript(conversation);
        await bucket.PutCsv("a.csv", [Arranged.Row(conversation, start: start)]);
        await bucket.Ingest();
    }
}
