using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using QualityIngest.Domain.Connectors;
using QualityIngest.Domain.Sources;

namespace QualityIngest.Domain.Notifications;

/// <summary>What to paste into AWS so that a bucket notifies: indented JSON documents.</summary>
/// <param name="BucketNotification">The bucket's notification configuration, for the topic; null without one. It replaces the one that the bucket has.</param>
/// <param name="TopicPolicy">The topic's access policy, which lets the bucket publish; null without a topic.</param>
/// <param name="EventPattern">The event pattern of an EventBridge rule.</param>
public sealed record NotificationDocuments(string? BucketNotification, string? TopicPolicy, string EventPattern)
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes the documents of a connector: for its paths and nothing beside them.</summary>
    public static NotificationDocuments For(Connector connector, TopicArn? topic)
    {
        var paths = connector.Settings.Source.Paths.All().Select(p => p.Path).ToList();
        return new(
            topic is null ? null : Bucket(connector.Id, topic, paths),
            topic is null ? null : Policy(topic, paths[0].Bucket),
            Pattern(paths));
    }

    private static string Bucket(Guid connector, TopicArn topic, List<S3Path> paths) => Write(new JsonObject
    {
        ["TopicConfigurations"] = new JsonArray([.. paths.Select((path, index) => new JsonObject
        {
            ["Id"] = $"quality-ingest-{connector:N}-{index}",
            ["TopicArn"] = topic.Text,
            ["Events"] = new JsonArray("s3:ObjectCreated:*", "s3:ObjectRemoved:*", "s3:LifecycleExpiration:*"),
            ["Filter"] = new JsonObject
            {
                ["Key"] = new JsonObject
                {
                    ["FilterRules"] = new JsonArray(new JsonObject { ["Name"] = "prefix", ["Value"] = Encoded(path.Prefix) }),
                },
            },
        })]),
    });

    // Bucket names are given out again; the account tells whose bucket is meant.
    private static string Policy(TopicArn topic, string bucket) => Write(new JsonObject
    {
        ["Version"] = "2012-10-17",
        ["Statement"] = new JsonArray(new JsonObject
        {
            ["Sid"] = "LetTheBucketPublish",
            ["Effect"] = "Allow",
            ["Principal"] = new JsonObject { ["Service"] = "s3.amazonaws.com" },
            ["Action"] = "sns:Publish",
            ["Resource"] = topic.Text,
            ["Condition"] = new JsonObject
            {
                ["ArnEquals"] = new JsonObject { ["aws:SourceArn"] = $"arn:{topic.Partition}:s3:::{bucket}" },
                ["StringEquals"] = new JsonObject { ["aws:SourceAccount"] = topic.Account },
            },
        }),
    });

    private static string Pattern(List<S3Path> paths) => Write(new JsonObject
    {
        ["source"] = new JsonArray("aws.s3"),
        ["detail-type"] = new JsonArray("Object Created", "Object Deleted"),
        ["detail"] = new JsonObject
        {
            ["bucket"] = new JsonObject { ["name"] = new JsonArray(paths[0].Bucket) },
            ["object"] = new JsonObject { ["key"] = new JsonArray([.. paths.Select(path => new JsonObject { ["prefix"] = path.Prefix })]) },
        },
    });

    // As S3 wants a filter's value: what is special percent-encoded, a space as a plus.
    private static string Encoded(string prefix) =>
        string.Join('/', prefix.Split('/').Select(part => Uri.EscapeDataString(part).Replace("%20", "+", StringComparison.Ordinal)));

    private static string Write(JsonObject document) => document.ToJsonString(Indented);
}
