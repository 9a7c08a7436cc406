using System.Text.Json.Nodes;
using QualityIngest.Api.Tests.Ingest;
using QualityIngest.Client;
using QualityIngest.TestKit.Sns;

namespace QualityIngest.Api.Tests.Notifications;

/// <summary>What is let in, what is not, and what it is told.</summary>
[Collection(NotificationCollection.Name)]
public sealed class DoorTests(NotificationHost host)
{
    [SkippableFact]
    public async Task A_wrong_token_and_an_unknown_connector_are_one_answer()
    {
        var notified = await host.ArrangeNotified();
        var other = await host.ArrangeNotified();
        var message = notified.Message("ObjectCreated:Put", "calls/day.csv");
        var root = $"{host.Address}v1/connectors/";
        var unknown = new string('A', 32);

        Posted[] answers =
        [
            await notified.Post(message, new($"{root}{notified.Bucket.Connector.Id}/notifications/{unknown}")),
            await notified.Post(message, new($"{root}{notified.Bucket.Connector.Id}/notifications/{notified.Token[..^1]}")),
            await notified.Post(message, new($"{root}{notified.Bucket.Connector.Id}/notifications/short")),
            await notified.Post(message, new($"{root}{Guid.NewGuid()}/notifications/{notified.Token}")),
            await notified.Post(message, new($"{root}{other.Bucket.Connector.Id}/notifications/{notified.Token}")),
            await notified.Post(new JsonObject(), new($"{root}{Guid.NewGuid()}/notifications/{unknown}")),
        ];

        Assert.All(answers, answer => answer.IsRefused(404, "not_found"));
        Assert.Single(answers.Select(answer => answer.Body.GetProperty("detail").GetString()).Distinct());
    }

    [SkippableFact]
    public async Task What_is_not_the_topics_is_refused()
    {
        var notified = await host.ArrangeNotified();
        using var stranger = host.Sns.NewTopic();
        var forged = notified.Message("ObjectCreated:Put", "calls/day.csv");
        forged["Message"] = SnsTopic.Records(notified.Bucket.Bucket, "ObjectCreated:Put", "calls/other.csv");
        var elsewhere = notified.Message("ObjectCreated:Put", "calls/day.csv");
        elsewhere["SigningCertURL"] = "https://sns.eu-central-1.amazonaws.com.example.com" + notified.Topic.CertificatePath;
        var missing = notified.Message("ObjectCreated:Put", "calls/day.csv");
        missing["SigningCertURL"] = $"https://{host.Sns.Host}/SimpleNotificationService-0000.pem";
        var late = notified.Topic.Notification("late", at: DateTimeOffset.UtcNow.AddHours(-2));

        (await notified.Post(stranger.Notification("x"))).IsRefused(403, "wrong_topic");
        (await notified.Post(forged)).IsRefused(403, "signature_invalid");
        (await notified.Post(notified.Topic.Signed(elsewhere))).IsRefused(403, "certificate_untrusted");
        (await notified.Post(notified.Topic.Signed(missing))).IsRefused(403, "certificate_untrusted");
        (await notified.Post(late)).IsRefused(403, "notification_expired");
        await notified.Bucket.Idle();
        Assert.Empty((await notified.Client.ListFilesAsync()).Items);
    }

    [SkippableFact]
    public async Task What_nothing_speaks_for_is_refused()
    {
        var notified = await host.ArrangeNotified();
        var raw = JsonNode.Parse(SnsTopic.Records(notified.Bucket.Bucket, "ObjectCreated:Put", "calls/day.csv"))!;
        var reader = await host.NewKey(notified.Bucket.Tenant.Id, "connectors:write");
        var stranger = await host.NewKey((await host.NewTenant()).Id, "notifications:write");
        var key = await host.NewKey(notified.Bucket.Tenant.Id, "notifications:write");
        var bridged = FlowTests.Event(notified, "Object Created", "calls/day.csv");

        (await notified.Post(raw)).IsRefused(403, "notification_unsigned");
        (await notified.Post(bridged)).IsRefused(403, "notification_unsigned");
        (await notified.Post(bridged, key: "qi_nonsense")).IsRefused(401, "invalid_key");
        (await notified.Post(bridged, key: reader.Secret)).IsRefused(403, "insufficient_scope");
        (await notified.Post(bridged, key: stranger.Secret)).IsRefused(404, "not_found");
        (await notified.Post(raw, key: key.Secret)).Is("accepted", 1);
    }

    [SkippableFact]
    public async Task What_cannot_be_read_is_located()
    {
        var notified = await host.ArrangeNotified();

        var outside = await notified.Post(JsonNode.Parse("""{"Type":"Notification","TopicArn":"x","MessageId":7}""")!);
        var inside = await notified.Post(notified.Topic.Notification("""{"Records":[{"eventName":"ObjectCreated:Put"}]}"""));

        outside.IsRefused(400, "notification_malformed");
        Assert.Equal("#/MessageId", outside.Body.GetProperty("errors")[0].GetProperty("pointer").GetString());
        inside.IsRefused(400, "notification_malformed");
        Assert.Equal("#/Message/Records/0/s3", inside.Body.GetProperty("errors")[0].GetProperty("pointer").GetString());
    }

    [SkippableFact]
    public async Task The_test_event_is_taken_and_says_nothing()
    {
        var notified = await host.ArrangeNotified();
        var test = $$"""{"Service":"Amazon S3","Event":"s3:TestEvent","Time":"2025-06-10T14:00:00.000Z","Bucket":"{{notified.Bucket.Bucket}}"}""";

        (await notified.Post(notified.Topic.Notification(test))).Is("ignored");
    }

    [SkippableFact]
    public async Task A_notification_has_a_size_and_names_so_many_keys()
    {
        var notified = await host.ArrangeNotified();
        string[] keys = [.. Enumerable.Range(1, 51).Select(i => $"calls/{i}.csv")];

        (await notified.Post(new JsonObject { ["Records"] = new string('x', 262_144) })).IsRefused(413, "body_too_large");
        (await notified.Post(notified.Message("ObjectCreated:Put", keys))).IsRefused(400, "notification_malformed");
        (await notified.Post(notified.Message("ObjectCreated:Put", keys[..50]))).Is("accepted", 50);
    }

    [SkippableFact]
    public async Task The_generated_client_can_notify_too()
    {
        var notified = await host.ArrangeNotified();
        using var body = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(notified.Message("ObjectCreated:Put", "calls/day.csv").ToJsonString()));

        var receipt = await new QualityIngestClient(host.Http()).NotifyAsync(notified.Bucket.Connector.Id, notified.Token, body);

        Assert.Equal((NotificationResult.Accepted, 1), (receipt.Result, receipt.Objects));
    }

    [SkippableFact]
    public async Task A_subscription_is_confirmed_and_its_end_is_noted()
    {
        var notified = await host.ArrangeNotified();
        var id = notified.Bucket.Connector.Id;

        (await notified.Post(notified.Topic.Confirmation())).Is("confirmed");
        var confirmed = await notified.Client.GetNotificationsAsync(id);
        Assert.Single(host.Sns.Requests, r => r.Contains("Action=ConfirmSubscription", StringComparison.Ordinal) && r.Contains(notified.Topic.Arn, StringComparison.Ordinal));
        Assert.NotNull(confirmed.ConfirmedAt);

        (await notified.Post(notified.Topic.Confirmation("UnsubscribeConfirmation"))).Is("unsubscribed");
        Assert.NotNull((await notified.Client.GetNotificationsAsync(id)).UnsubscribedAt);
        Assert.Single(host.Sns.Requests, r => r.Contains("Action=ConfirmSubscription", StringComparison.Ordinal) && r.Contains(notified.Topic.Arn, StringComparison.Ordinal));

        await notified.Client.SetNotificationsAsync(id, "*", new() { TopicArn = notified.Topic.Arn + "-2" });
        Assert.Null((await notified.Client.GetNotificationsAsync(id)).ConfirmedAt);
    }

    [SkippableFact]
    public async Task A_confirmation_leads_nowhere_but_to_sns()
    {
        var notified = await host.ArrangeNotified();
        var to = $"https://{host.Sns.Host}.example.com/?Action=ConfirmSubscription&TopicArn={notified.Topic.Arn}&Token=1";
        var publishes = $"https://{host.Sns.Host}/?Action=Publish&TopicArn={notified.Topic.Arn}&Token=1";

        (await notified.Post(notified.Topic.Confirmation(subscribeUrl: to))).IsRefused(403, "confirmation_untrusted");
        (await notified.Post(notified.Topic.Confirmation(subscribeUrl: publishes))).IsRefused(403, "confirmation_untrusted");
        Assert.Null((await notified.Client.GetNotificationsAsync(notified.Bucket.Connector.Id)).ConfirmedAt);
    }

    [SkippableFact]
    public async Task A_certificate_is_fetched_once()
    {
        var notified = await host.ArrangeNotified();

        await Task.WhenAll(Enumerable.Range(0, 10).Select(i => notified.Created($"calls/{i}.csv")));

        Assert.Single(host.Sns.Requests, r => r == notified.Topic.CertificatePath);
    }
}

/// <summary>A node that takes little at once, and whose SNS cannot be reached.</summary>
public sealed class NarrowDoorTests(NarrowDoorTests.Host host) : IClassFixture<NarrowDoorTests.Host>
{
    [SkippableFact]
    public async Task A_connector_that_is_notified_too_often_is_told_to_wait()
    {
        var notified = await host.ArrangeNotified();
        var other = await host.ArrangeNotified();
        var key = await host.NewKey(notified.Bucket.Tenant.Id, "notifications:write");
        var message = FlowTests.Event(notified, "Object Created", "calls/day.csv");

        Posted? refused = null;
        await Arranged.Until(async () => (refused = await notified.Post(message, key: key.Secret)).Status != 202);

        refused!.IsRefused(429, "notification_rate");
        Assert.Equal(TimeSpan.FromSeconds(1), refused.RetryAfter!.Delta);
        (await other.Post(new JsonObject())).IsRefused(400, "notification_malformed");
        (await notified.Post(message, new(notified.Url.AbsoluteUri[..^32] + new string('A', 32)))).IsRefused(404, "not_found");
    }

    [SkippableFact]
    public async Task Sns_is_asked_to_try_again_when_its_certificate_cannot_be_had()
    {
        var notified = await host.ArrangeNotified();

        var answer = await notified.Post(notified.Message("ObjectCreated:Put", "calls/day.csv"));

        answer.IsRefused(503, "certificate_unavailable");
        Assert.NotNull(answer.RetryAfter);
    }

    /// <summary>A host whose outbound guard does not let it to the server in SNS's place.</summary>
    public sealed class Host : NotificationHost
    {
        protected override IReadOnlyDictionary<string, string?> Settings => new Dictionary<string, string?>(base.Settings)
        {
            ["Outbound:Allow:0"] = $"127.0.0.1:{new Uri(TestKit.S3.S3Server.Unavailable() is null ? TestKit.S3.S3Server.Shared().GetAwaiter().GetResult().Endpoint : "http://127.0.0.1:1").Port}",
            ["Notifications:Burst"] = "5",
            ["Notifications:PerSecond"] = "1",
        };
    }
}
