using System.Net;
using QualityIngest.Api.Tests.Ingest;
using QualityIngest.Client;
using static QualityIngest.Api.Tests.Feeds.FeedBucket;
using static QualityIngest.Api.Tests.Feeds.Rows;

namespace QualityIngest.Api.Tests.Feeds;

/// <summary>What a conversation shows of the rows that are joined to it, and to whom.</summary>
[Collection(FeedCollection.Name)]
public sealed class JoinedConversationTests(FeedHost host)
{
    [SkippableFact]
    public async Task The_ETag_changes_with_the_rows_and_names_the_same_version()
    {
        var bucket = await host.ArrangeFeeds();
        await bucket.PutSealed(Directory("historical_transcripts"), TranscriptHeader, Message("c-1", "Hello"));
        await bucket.Ingest();
        var address = $"v1/conversations/{(await bucket.Conversation("c-1")).Id}";
        using var http = host.Http(bucket.Tenant.Secret);
        using var before = await http.GetAsync(address);

        await bucket.PutSealed(Directory("sales_methods_attribution"), SaleHeader, Sale("t-1", "c-1"));
        await bucket.Ingest();

        http.DefaultRequestHeaders.IfNoneMatch.Add(before.Headers.ETag!);
        using var after = await http.GetAsync(address);
        Assert.Equal(HttpStatusCode.OK, after.StatusCode);
        Assert.StartsWith(before.Headers.ETag!.Tag[..^1] + "-", after.Headers.ETag!.Tag, StringComparison.Ordinal);
        http.DefaultRequestHeaders.IfNoneMatch.Add(after.Headers.ETag!);
        using var again = await http.GetAsync(address);
        Assert.Equal(HttpStatusCode.NotModified, again.StatusCode);
    }

    [SkippableFact]
    public async Task What_people_wrote_is_hidden_from_a_key_that_may_not_read_transcripts()
    {
        var bucket = await host.ArrangeFeeds();
        await bucket.PutSealed(Directory("historical_transcripts"), TranscriptHeader, Message("c-1", "Hello"));
        await bucket.PutSealed(Directory("call_center_issues"), $"{CallHeader},disposition_notes,site", $"{Call("c-1")},Told her,Leeds");
        await bucket.PutSealed(Directory("sales_methods_attribution"), $"{SaleHeader},shop", $"{Sale("t-1", "c-1")},12");
        await bucket.Ingest();
        var id = (await bucket.Conversation("c-1")).Id;
        var reader = host.Client((await host.NewKey(bucket.Tenant.Id, "conversations:read")).Secret);

        var (whole, part) = (await bucket.Client.GetConversationAsync(id), await reader.GetConversationAsync(id));

        Assert.Equal(("Told her", "Leeds"), (whole.CallRecords![0].DispositionNotes, whole.CallRecords![0].Attributes.GetProperty("site").GetString()));
        Assert.Equal("12", whole.Sales![0].Attributes.GetProperty("shop").GetString());
        foreach (var record in new[] { part.CallRecords![0], await reader.GetCallRecordAsync(whole.CallRecords![0].Id), (await reader.ListCallRecordsAsync()).Items.Single() })
        {
            Assert.Null(record.DispositionNotes);
            Assert.Equal(System.Text.Json.JsonValueKind.Null, record.Attributes.ValueKind);
            Assert.Equal("Resolved", record.DispositionCategory);
        }

        Assert.Equal(System.Text.Json.JsonValueKind.Null, (await reader.GetSaleAsync(part.Sales![0].Id)).Attributes.ValueKind);
        Assert.Equal("65.25", (await reader.GetSaleAsync(part.Sales![0].Id)).TransactionValueOneTime?.ToString(System.Globalization.CultureInfo.InvariantCulture));
    }

    [SkippableFact]
    public async Task Lists_of_conversations_leave_them_out()
    {
        var bucket = await host.ArrangeFeeds();
        await bucket.PutSealed(Directory("historical_transcripts"), TranscriptHeader, Message("c-1", "Hello"));
        await bucket.PutSealed(Directory("call_center_issues"), CallHeader, Call("c-1"));
        await bucket.Ingest();
        using var http = host.Http(bucket.Tenant.Secret);

        Assert.DoesNotContain("callRecords", await http.GetStringAsync("v1/conversations"), StringComparison.Ordinal);
        Assert.DoesNotContain("callRecords", await http.GetStringAsync("v1/conversations/export.jsonl"), StringComparison.Ordinal);
        using var misspelt = await http.GetAsync("v1/call-records?conversation=c-1");
        Assert.Equal(HttpStatusCode.BadRequest, misspelt.StatusCode);
    }
}
