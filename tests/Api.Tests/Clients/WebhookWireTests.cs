using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using QualityIngest.Client;
using BatchCounts = QualityIngest.Domain.Feeds.BatchCounts;
using FileCounts = QualityIngest.Domain.Files.FileCounts;
using FoldCounts = QualityIngest.Domain.Feeds.FoldCounts;
using HoldReason = QualityIngest.Domain.Conversations.HoldReason;
using Messages = QualityIngest.Domain.Webhooks.Messages;
using Server = QualityIngest.Domain.Webhooks;

namespace QualityIngest.Api.Tests.Clients;

/// <summary>What is told of events, and how endpoints know their caller, is the same on both sides of the wire.</summary>
public sealed class WebhookWireTests
{
    private static readonly Guid Id = Guid.Parse("01234567-89ab-8cde-8f01-23456789abcd");
    private static readonly DateTimeOffset Noon = new(2025, 6, 10, 12, 0, 0, TimeSpan.Zero);

    private static readonly Messages.EventData[] Told =
    [
        new Messages.ConversationData("/v1/conversations/1", Id, 7, Id, "c-1")
        {
            Revision = 2,
            Reasons = [HoldReason.Counterpart, HoldReason.Queue, HoldReason.Agent],
            QueueId = Id,
            AgentId = Id,
            Metrics = new() { DurationMs = 1, Utterances = 2 },
            Warnings = ["channels_defaulted"],
            ErrorCode = "not_stereo",
            ErrorDetail = "It has one channel.",
            Retryable = false,
        },
        new Messages.ConversationData("/v1/conversations/1", null, 1, Id, null),
        new Messages.FileData("/v1/files/1", Id, 3, Id, "calls/day.csv", "etag") { Counts = new FileCounts(3, 1, 1, 1), Until = Noon, Retryable = true },
        new Messages.ScanData("/v1/scans/1", Id, 2, Id) { Listed = 5, Discovered = 4, Changed = 1, Removed = 0, ErrorCode = "no_such_bucket", ErrorDetail = "There is none." },
        new Messages.BatchData("/v1/batches/1", Id, 2, Id, "feeds/day/") { ImportId = Id, Counts = new BatchCounts(2, new FileCounts(3, 3)), Conversations = new FoldCounts(1, 2, 3, 4, 5) },
        new Messages.ConnectorData("/v1/connectors/1", Id, 4) { ErrorCode = "access_denied", ErrorDetail = "It may not.", LastDiscoveryAt = Noon },
        new Messages.EndpointData("/v1/webhooks/endpoints/1", null, 1, Id) { Code = "endpoint_gone", Detail = "It answered 410." },
        new Messages.LinkedData("/v1/conversations/1", Id, 9),
    ];

    public static TheoryData<int> Kinds => [.. Enumerable.Range(0, Told.Length)];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void What_is_told_of_an_event_comes_back_as_it_was(int kind)
    {
        var told = JsonSerializer.Serialize(new Server.FeedEvent("ev1f", $"evt_{Id:N}", "conversation.completed", Noon, Told[kind]), WireTests.Server);

        var heard = JsonSerializer.Deserialize<FeedEvent>(told, WireTests.Client)!;

        Assert.Equal(Told[kind].GetType().Name, heard.Data.GetType().Name);
        Assert.Equal(Said(JsonNode.Parse(told))!.ToJsonString(), Said(JsonSerializer.SerializeToNode(heard, WireTests.Client))!.ToJsonString());
    }

    /// <summary>What a message says: without members that are null, which the server leaves out, and however it writes a time.</summary>
    private static JsonNode? Said(JsonNode? node) => node switch
    {
        JsonArray items => new JsonArray([.. items.Select(Said)]),
        JsonObject members => new JsonObject(members.Where(member => member.Value is not null).Select(member => KeyValuePair.Create(member.Key, Said(member.Value)))),
        JsonValue value when value.GetValueKind() == JsonValueKind.String && DateTimeOffset.TryParse((string?)value, CultureInfo.InvariantCulture, out var time) => time.UtcTicks,
        _ => node?.DeepClone(),
    };

    [Fact]
    public void Every_kind_of_event_data_is_tried() =>
        Assert.Equal(
            typeof(EventData).Assembly.GetExportedTypes().Where(type => type.BaseType == typeof(EventData)).Select(type => type.Name).Order(),
            Told.Select(data => data.GetType().Name).Distinct().Order());

    [Theory]
    [MemberData(nameof(Authentications))]
    public void What_an_endpoint_knows_its_caller_by_arrives_as_it_was_sent(EndpointAuthentication? authentication)
    {
        var sent = new WebhookEndpointInput
        {
            Url = "https://example.com/hooks",
            EventTypes = ["conversation.completed"],
            ConnectorIds = [Id],
            Headers = [new() { Name = "x-one", Value = "1" }, new() { Name = "x-two" }],
            Rate = 10,
            StrictOrder = true,
            Authentication = authentication,
            Certificate = new() { Certificate = "PEM", PrivateKey = "KEY" },
            Authority = "PEM",
        };

        var json = JsonSerializer.Serialize(sent, WireTests.Client);
        var received = JsonSerializer.Deserialize<Server.WebhookEndpointInput>(json, WireTests.Server)!;
        var back = JsonSerializer.Deserialize<WebhookEndpointInput>(JsonSerializer.Serialize(received, WireTests.Server), WireTests.Client)!;

        Assert.Equal(authentication?.GetType().Name, received.Authentication?.GetType().Name);
        Assert.Equal(json, JsonSerializer.Serialize(back, WireTests.Client));
    }

    public static TheoryData<EndpointAuthentication?> Authentications() =>
    [
        null,
        new HeaderAuthentication { Name = "x-secret", Value = "s" },
        new HeaderAuthentication { Name = "x-secret" },
        new QueryAuthentication { Name = "key", Value = "s" },
        new OAuthAuthentication { TokenUrl = "https://example.com/token", ClientId = "c", ClientSecret = "s", Scope = "a b", Audience = "z" },
        new OAuthAuthentication { TokenUrl = "https://example.com/token", ClientId = "c" },
    ];
}
