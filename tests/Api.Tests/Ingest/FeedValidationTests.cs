using System.Text;
using QualityIngest.Api.Tests.Ingest.Json;
using QualityIngest.Client;

namespace QualityIngest.Api.Tests.Ingest;

[Collection(JsonCollection.Name)]
public sealed class FeedValidationTests(JsonHost host)
{
    private const string Folder = "call_center_issues/version=1/format=csv/dt=2020-01-03";

    [SkippableFact]
    public async Task Rows_are_held_to_the_schema_and_the_day_that_their_key_names()
    {
        var tenant = await host.NewTenant();

        var report = await Validate(
            tenant, $"{Folder}/calls.csv", null,
            "customer_id,call_start,call_end,survey_taken,conversation_id",
            "c1,2020-01-03T20:02:13Z,2020-01-03T20:12:13Z,true,i1",
            "c2,2020-01-04T20:02:13Z,2020-01-04T20:02:13Z,NULL,i2",
            "c3,2020-01-03T20:02:13Z,2020-01-03T20:12:13Z,maybe,i3");

        Assert.Equal((false, true, 3, 2, 1), (report.Valid, report.ReadToEnd, report.RowsRead, report.RowsValid, report.RowsRejected));
        var fault = Assert.Single(report.Faults);
        Assert.Equal((4, "i3", "survey_taken", "bool_invalid"), (fault.Line, fault.ExternalId, fault.Field, fault.Code));
        Assert.Equal([("outside_date", 1L), ("zero_duration", 1L)], report.Warnings.Select(warning => (warning.Code, warning.Rows)));
    }

    [SkippableFact]
    public async Task A_feed_of_another_name_is_read_as_the_kind_that_is_named()
    {
        var tenant = await host.NewTenant();

        var report = await Validate(
            tenant, "chats/version=1/format=snapshot_jsonl/messages.jsonl", FeedKind.HistoricalTranscripts,
            """{"conversation_externalId":"c1","sender_externalId":"s1","sender_role":"agent","text":"Hello","timestamp":"2022-03-16T18:42:24Z"}""");

        Assert.True(report.Valid);
        Assert.Equal(1, report.RowsValid);
    }

    [SkippableTheory]
    [InlineData("calls.csv", null, "#/key", "feed_key_invalid")]
    [InlineData("call_center_issues/version=2/format=csv/calls.csv", null, "#/key", "feed_version_unknown")]
    [InlineData("call_center_issues/version=1/format=xml/calls.csv", null, "#/key", "feed_format_unknown")]
    [InlineData("call_center_issues/version=1/format=csv/dt=2020-13-01/calls.csv", null, "#/key", "feed_date_invalid")]
    [InlineData("calls/version=1/format=csv/calls.csv", null, "#/kind", "feed_kind_unknown")]
    [InlineData("call_recordings/version=1/format=csv/calls.csv", null, "#/kind", "feed_has_no_rows")]
    public async Task What_the_key_does_not_say_is_refused_where_it_is_missing(string key, FeedKind? kind, string pointer, string code)
    {
        var tenant = await host.NewTenant();

        var problem = (await Assert.ThrowsAsync<QualityIngestException<Problem>>(() => Validate(tenant, key, kind, "x"))).Result;

        Assert.Equal((pointer, code), (problem.Errors!.Single().Pointer, problem.Errors!.Single().Code));
    }

    private static Task<ValidationReport> Validate(TestTenant tenant, string key, FeedKind? kind, params string[] lines) =>
        tenant.Client.ValidateFeedAsync(key, new MemoryStream(Encoding.UTF8.GetBytes(string.Join('\n', lines))), kind);
}
