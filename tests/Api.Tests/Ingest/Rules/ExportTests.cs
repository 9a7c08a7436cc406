using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using QualityIngest.Client;

namespace QualityIngest.Api.Tests.Ingest.Rules;

[Collection(IngestCollection.Name)]
public sealed class ExportTests(IngestHost host)
{
    [SkippableFact]
    public async Task Conversations_are_exported_with_their_transcripts_latest_begun_first()
    {
        var bucket = await Arrange();

        using var export = await bucket.Client.ExportConversationsAsync();

        var lines = (await new StreamReader(export.Stream).ReadToEndAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => JsonDocument.Parse(line).RootElement).ToList();
        Assert.Equal(["c-3", "c-1", "c-2"], lines.Select(l => l.GetProperty("conversation").GetProperty("externalId").GetString()));
        Assert.Equal(JsonValueKind.Null, lines[0].GetProperty("transcript").ValueKind);
        Assert.Equal(
            "Good morning, this is about my order.",
            lines[1].GetProperty("transcript").GetProperty("utterances")[0].GetProperty("text").GetString());
    }

    [SkippableFact]
    public async Task Conversations_are_exported_as_a_table_that_a_filter_narrows()
    {
        var bucket = await Arrange();

        using var export = await bucket.Client.ExportConversationTableAsync(status: ConversationStatus.Completed);

        var rows = (await new StreamReader(export.Stream).ReadToEndAsync()).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.StartsWith("id,externalId,connectorId,", rows[0].TrimStart('\uFEFF'), StringComparison.Ordinal);
        Assert.Equal(["c-1", "c-2"], rows[1..].Select(r => r.Split(',')[1]));
    }

    [SkippableFact]
    public async Task Refusals_are_exported_as_a_table()
    {
        var bucket = await host.ArrangeReady();
        await bucket.PutCsv("day.csv", [Arranged.Row("c-1", start: "soon")]);
        await bucket.Ingest();

        using var export = await bucket.Client.ExportRejectionsAsync((await bucket.File("day.csv")).Id);

        var rows = (await new StreamReader(export.Stream).ReadToEndAsync()).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.StartsWith("2,c-1,conversationStartTime,timestamp_invalid,", rows[1], StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task A_file_is_validated_without_storing_anything()
    {
        var tenant = await host.NewTenant();
        var csv = string.Join('\n', Arranged.Header, Arranged.Row("c-1"), Arranged.Row("c-2", start: "soon"));

        using var http = host.Http(tenant.Secret);
        using var answer = await http.PostAsync(
            new Uri("v1/formats/quality-csv/validate", UriKind.Relative), new StringContent(csv, Encoding.UTF8, "text/csv"));

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var report = (await answer.Content.ReadFromJsonAsync<ValidationReport>())!;
        Assert.Equal((false, true, 2, 1, 1), (report.Valid, report.ReadToEnd, report.RowsRead, report.RowsValid, report.RowsRejected));
        var fault = Assert.Single(report.Faults);
        Assert.Equal((3, "c-2", "conversationStartTime", "timestamp_invalid"), (fault.Line, fault.ExternalId, fault.Field, fault.Code));
        Assert.Empty((await tenant.Client.ListConversationsAsync()).Items);
    }

    private async Task<Arranged> Arrange()
    {
        var bucket = await host.ArrangeReady();
        await bucket.PutScript("c-1");
        await bucket.PutScript("c-2");
        await bucket.PutCsv("day.csv",
        [
            Arranged.Row("c-1", start: "2025-06-10T13:20:00Z"), Arranged.Row("c-2", start: "2025-06-10T13:10:00Z"),
            Arranged.Row("c-3", queue: "unmapped", start: "2025-06-10T13:30:00Z"),
        ]);
        await bucket.Ingest();
        return bucket;
    }
}
