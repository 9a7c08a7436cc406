using System.Text.Json;
using QualityIngest.Client;

namespace QualityIngest.Api.Tests.Notifications;

/// <summary>The address that a bucket sends its notifications to: who sees it, what changes it, what is to be pasted.</summary>
[Collection(NotificationCollection.Name)]
public sealed class AddressTests(NotificationHost host)
{
    private const string Arn = "arn:aws:sns:eu-central-1:123456789012:calls";

    [SkippableFact]
    public async Task An_address_is_made_with_its_first_topic_and_kept_with_the_next()
    {
        var bucket = await host.Arrange();
        await Answer.Refused(404, "not_found", () => bucket.Client.GetNotificationsAsync(bucket.Connector.Id));

        var first = await bucket.Client.SetNotificationsAsync(bucket.Connector.Id, $"\"{bucket.Connector.Version}\"", new() { TopicArn = Arn });
        var second = await bucket.Client.SetNotificationsAsync(bucket.Connector.Id, $"\"{first.Version}\"", new() { TopicArn = Arn + "-2" });

        Assert.StartsWith($"{host.Address}v1/connectors/{bucket.Connector.Id}/notifications/", first.Url, StringComparison.Ordinal);
        Assert.Matches("/[0-9A-Za-z]{32}$", first.Url);
        Assert.Equal((first.Url, Arn + "-2"), (second.Url, second.TopicArn));
        Assert.Equal(second.Version, (await bucket.Client.GetConnectorAsync(bucket.Connector.Id)).Version);
        Assert.Equal(second.Url, (await bucket.Client.GetNotificationsAsync(bucket.Connector.Id)).Url);
        await Answer.Refused(412, "stale_version", () => bucket.Client.SetNotificationsAsync(bucket.Connector.Id, $"\"{first.Version}\"", new()));
    }

    [SkippableFact]
    public async Task Only_those_who_may_change_connectors_see_the_address()
    {
        var notified = await host.ArrangeNotified();
        var reader = host.Client((await host.NewKey(notified.Bucket.Tenant.Id, "connectors:read")).Secret);

        var seen = await reader.GetNotificationsAsync(notified.Bucket.Connector.Id);

        Assert.Null(seen.Url);
        Assert.Equal(notified.Topic.Arn, seen.TopicArn);
        Assert.DoesNotContain(notified.Token, JsonSerializer.Serialize(seen), StringComparison.Ordinal);
        await Answer.Refused(403, "insufficient_scope", () => reader.RotateNotificationsAsync(notified.Bucket.Connector.Id));
    }

    [SkippableFact]
    public async Task Another_tenant_finds_nothing()
    {
        var notified = await host.ArrangeNotified();
        var other = (await host.NewTenant()).Client;
        var id = notified.Bucket.Connector.Id;

        await Answer.Refused(404, "not_found", () => other.GetNotificationsAsync(id));
        await Answer.Refused(404, "not_found", () => other.SetNotificationsAsync(id, "*", new() { TopicArn = Arn }));
        await Answer.Refused(404, "not_found", () => other.RotateNotificationsAsync(id));
        await Answer.Refused(404, "not_found", () => other.RemoveNotificationsAsync(id, "*"));
    }

    [SkippableFact]
    public async Task Rotation_ends_the_old_address_at_once()
    {
        var notified = await host.ArrangeNotified();

        var rotated = await notified.Client.RotateNotificationsAsync(notified.Bucket.Connector.Id);

        Assert.NotEqual(notified.Url.AbsoluteUri, rotated.Url);
        var message = notified.Message("ObjectCreated:Put", "calls/x.csv");
        (await notified.Post(message)).IsRefused(404, "not_found");
        (await notified.Post(message, new Uri(rotated.Url!))).Is("accepted", 1);
    }

    [SkippableFact]
    public async Task Removal_ends_it_and_a_new_one_has_another_token()
    {
        var notified = await host.ArrangeNotified();
        var id = notified.Bucket.Connector.Id;

        await notified.Client.RemoveNotificationsAsync(id, "*");

        (await notified.Post(notified.Message("ObjectCreated:Put", "calls/x.csv"))).IsRefused(404, "not_found");
        await Answer.Refused(404, "not_found", () => notified.Client.GetNotificationsAsync(id));
        await Answer.Refused(404, "not_found", () => notified.Client.RotateNotificationsAsync(id));
        await Answer.Refused(404, "not_found", () => notified.Client.RemoveNotificationsAsync(id, "*"));
        Assert.NotEqual(notified.Url.AbsoluteUri, (await notified.Client.SetNotificationsAsync(id, "*", new())).Url);
    }

    [SkippableTheory]
    [InlineData("calls")]
    [InlineData("arn:aws:sns:eu-central-1:123456789012:calls.fifo")]
    [InlineData("arn:aws:sqs:eu-central-1:123456789012:calls")]
    public async Task A_topic_that_is_none_is_refused(string topic)
    {
        var bucket = await host.Arrange();

        var problem = await Answer.Refused(422, "invalid", () => bucket.Client.SetNotificationsAsync(bucket.Connector.Id, "*", new() { TopicArn = topic }));

        Assert.Equal(("invalid_topic", "#/topicArn"), (problem.Errors.Single().Code, problem.Errors.Single().Pointer));
    }

    [SkippableFact]
    public async Task What_is_pasted_names_the_connectors_paths_and_the_topic()
    {
        var bucket = await host.Arrange(input => input with
        {
            Source = input.Source with { Paths = new SeparatePaths { VoicePath = $"{Bucket(input)}/voice calls+/", ChatPath = $"{Bucket(input)}/chat/" } },
        });

        var documents = (await bucket.Client.SetNotificationsAsync(bucket.Connector.Id, "*", new() { TopicArn = Arn })).Documents;

        var topics = JsonDocument.Parse(documents.BucketNotification!).RootElement.GetProperty("TopicConfigurations").EnumerateArray().ToList();
        Assert.Equal([Arn, Arn], topics.Select(t => t.GetProperty("TopicArn").GetString()));
        Assert.Equal(
            ["voice+calls%2B/", "chat/"],
            topics.Select(t => t.GetProperty("Filter").GetProperty("Key").GetProperty("FilterRules")[0].GetProperty("Value").GetString()));
        var statement = JsonDocument.Parse(documents.TopicPolicy!).RootElement.GetProperty("Statement")[0];
        Assert.Equal(("sns:Publish", Arn), (statement.GetProperty("Action").GetString(), statement.GetProperty("Resource").GetString()));
        Assert.Contains($"arn:aws:s3:::{bucket.Bucket}", documents.TopicPolicy, StringComparison.Ordinal);
        Assert.Contains("123456789012", statement.GetProperty("Condition").GetRawText(), StringComparison.Ordinal);
        var detail = JsonDocument.Parse(documents.EventPattern).RootElement.GetProperty("detail");
        Assert.Equal(bucket.Bucket, detail.GetProperty("bucket").GetProperty("name")[0].GetString());
        Assert.Equal(
            ["voice calls+/", "chat/"],
            detail.GetProperty("object").GetProperty("key").EnumerateArray().Select(k => k.GetProperty("prefix").GetString()));
    }

    [SkippableFact]
    public async Task Without_a_topic_only_the_event_pattern_is_pasted()
    {
        var bucket = await host.Arrange();

        var address = await bucket.Client.SetNotificationsAsync(bucket.Connector.Id, "*", new());

        Assert.Equal((null, null, null), (address.TopicArn, address.Documents.BucketNotification, address.Documents.TopicPolicy));
        Assert.Contains("Object Created", address.Documents.EventPattern, StringComparison.Ordinal);
        using var topic = host.Sns.NewTopic();
        (await new Notified(bucket, topic, new Uri(address.Url!)).Post(topic.Notification("x"))).IsRefused(403, "wrong_topic");
    }

    [SkippableFact]
    public async Task Every_change_leaves_an_audit_row_without_the_token()
    {
        var notified = await host.ArrangeNotified();
        var rotated = await notified.Client.RotateNotificationsAsync(notified.Bucket.Connector.Id);
        (await notified.Post(notified.Topic.Confirmation(), new Uri(rotated.Url!))).Is("confirmed");
        (await notified.Post(notified.Topic.Confirmation("UnsubscribeConfirmation"), new Uri(rotated.Url!))).Is("unsubscribed");
        await notified.Client.RemoveNotificationsAsync(notified.Bucket.Connector.Id, "*");

        var rows = (await host.Admin.ListAuditAsync(tenant: notified.Bucket.Tenant.Id)).Items.Where(a => a.ResourceType == "notifications").ToList();

        Assert.Equal(
            ["notifications.removed", "notifications.unsubscribed", "notifications.confirmed", "notifications.rotated", "notifications.replaced"],
            rows.Select(a => a.Action));
        Assert.Equal([$"sns:{notified.Topic.Arn}"], rows.Skip(1).Take(2).Select(a => a.Actor).Distinct());
        var written = JsonSerializer.Serialize(rows);
        Assert.All([notified.Token, rotated.Url!.Split('/')[^1]], token => Assert.DoesNotContain(token, written, StringComparison.Ordinal));
    }

    [SkippableFact]
    public async Task The_token_is_stored_hashed_and_sealed()
    {
        var notified = await host.ArrangeNotified();
        await using var command = host.Database.Source.CreateCommand(
            "select token_hash, sealed_token, notification_addresses::text from notification_addresses where connector_id = $1");
        command.Parameters.AddWithValue(notified.Bucket.Connector.Id);
        await using var row = await command.ExecuteReaderAsync();
        await row.ReadAsync();

        Assert.Equal(Domain.Notifications.NotificationToken.Hash(notified.Token), row.GetFieldValue<byte[]>(0));
        Assert.DoesNotContain(notified.Token, row.GetString(2), StringComparison.Ordinal);
        Assert.DoesNotContain(Convert.ToHexStringLower(System.Text.Encoding.UTF8.GetBytes(notified.Token)), row.GetString(2), StringComparison.Ordinal);
    }

    private static string Bucket(ConnectorInput input) => ((UnifiedPath)input.Source.Paths).Path.TrimEnd('/').Replace("/calls", "", StringComparison.Ordinal);
}
