using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using QualityIngest.Api.Tests.Ingest;
using QualityIngest.Client;
using QualityIngest.TestKit.S3;
using QualityIngest.TestKit.Sns;

namespace QualityIngest.Api.Tests.Notifications;

/// <summary>The API, an S3 server, and a server in SNS's place that the configuration lets sign and confirm.</summary>
public class NotificationHost : IngestHost
{
    /// <summary>The server in SNS's place; another node may share it.</summary>
    public SnsServer Sns { get; set; } = null!;

    /// <inheritdoc/>
    protected override IReadOnlyDictionary<string, string?> Settings => new Dictionary<string, string?>(base.Settings)
    {
        ["Notifications:Hosts:0"] = Sns.Host,
        ["Notifications:CaFile"] = Sns.CaFile,
        ["Notifications:MaxKeys"] = "50",
        ["Secrets:Keys:0"] = "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=",
    };

    /// <inheritdoc/>
    public override async Task InitializeAsync()
    {
        Sns ??= await SnsServer.Start();
        await base.InitializeAsync();
    }

    /// <summary>A ready tenant whose connector has a topic. Nothing of it is scanned.</summary>
    public async Task<Notified> ArrangeNotified(Func<ConnectorInput, ConnectorInput>? change = null)
    {
        var bucket = await ArrangeReady(change);
        var topic = Sns.NewTopic();
        var address = await bucket.Client.SetNotificationsAsync(bucket.Connector.Id, "*", new() { TopicArn = topic.Arn });
        return new(bucket, topic, new Uri(address.Url!));
    }

    /// <summary>The same, with a proxy before the bucket.</summary>
    public async Task<(Notified Notified, FaultProxy Proxy)> ArrangeFaulty()
    {
        S3Server.RequireOrSkip();
        var proxy = await FaultProxy.Start((await S3Server.Shared()).Endpoint);
        return (await ArrangeNotified(input => Ingest.Faults.FaultHost.Behind(proxy, input)), proxy);
    }
}

/// <summary>One host for the classes that need no settings of their own: every test has a tenant of its own.</summary>
[CollectionDefinition(Name)]
public sealed class NotificationCollection : ICollectionFixture<NotificationHost>
{
    /// <summary>The collection's name.</summary>
    public const string Name = "notifications";
}

/// <summary>A bucket that notifies.</summary>
public sealed record Notified(Arranged Bucket, SnsTopic Topic, Uri Url)
{
    private static readonly HttpClient Http = new();

    /// <summary>The tenant's client.</summary>
    public QualityIngestClient Client => Bucket.Client;

    /// <summary>The secret of the address.</summary>
    public string Token => Url.Segments[^1];

    /// <summary>Tells that objects have come, and wants it accepted.</summary>
    public Task Created(params string[] keys) => Tell("ObjectCreated:Put", keys);

    /// <summary>Tells that objects have gone, and wants it accepted.</summary>
    public Task Removed(params string[] keys) => Tell("ObjectRemoved:Delete", keys);

    /// <summary>What S3 tells of objects, signed by the topic.</summary>
    public JsonObject Message(string eventName, params string[] keys) =>
        Topic.Notification(SnsTopic.Records(Bucket.Bucket, eventName, keys));

    /// <summary>Posts a message as SNS does, to this address or another node's.</summary>
    public async Task<Posted> Post(JsonNode message, Uri? to = null, string? key = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, to ?? Url)
        {
            Content = new StringContent(message.ToJsonString(), Encoding.UTF8, "text/plain"),
        };
        request.Headers.Add("x-amz-sns-message-type", "Notification");
        if (key is not null)
            request.Headers.Add("X-API-Key", key);
        using var response = await Http.SendAsync(request);
        return new((int)response.StatusCode, response.Headers.RetryAfter, JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement);
    }

    private async Task Tell(string eventName, string[] keys) => (await Post(Message(eventName, keys))).Is("accepted", keys.Length);
}

/// <summary>What a notification was answered with.</summary>
public sealed record Posted(int Status, RetryConditionHeaderValue? RetryAfter, JsonElement Body)
{
    /// <summary>Asserts that it was taken.</summary>
    public void Is(string result, int objects = 0) =>
        Assert.Equal((202, result, objects), (Status, Text("result"), Body.TryGetProperty("objects", out var count) ? count.GetInt32() : -1));

    /// <summary>Asserts that it was refused.</summary>
    public void IsRefused(int status, string code) => Assert.Equal((status, code), (Status, Text("code")));

    private string? Text(string name) => Body.TryGetProperty(name, out var value) ? value.GetString() : Body.GetRawText();
}
