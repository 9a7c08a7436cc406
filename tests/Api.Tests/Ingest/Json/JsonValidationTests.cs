using System.IO.Compression;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using QualityIngest.Client;

namespace QualityIngest.Api.Tests.Ingest.Json;

[Collection(JsonCollection.Name)]
public sealed class JsonValidationTests(JsonHost host)
{
    [SkippableFact]
    public async Task Lines_are_validated_without_storing_anything()
    {
        var tenant = await host.NewTenant();

        var report = await Validate(tenant, "day.jsonl", Chat.Lines(Chat.Of("c-1"), "", Chat.Of("c-2").Replace("\"agent\"", "\"clerk\"", StringComparison.Ordinal)));

        Assert.Equal((false, true, 2, 1, 1), (report.Valid, report.ReadToEnd, report.RowsRead, report.RowsValid, report.RowsRejected));
        Assert.Equal([(2, 3L, "$.messages[1].role"), (2, 3L, "$.messages[3].role")], report.Faults.Select(fault => (fault.Line, fault.Place!.Line ?? 0, fault.Field!)));
        Assert.All(report.Faults, fault => Assert.Equal(("c-2", "role_invalid"), (fault.ExternalId, fault.Code)));
        Assert.Empty((await tenant.Client.ListConversationsAsync()).Items);
    }

    [SkippableFact]
    public async Task An_archive_is_validated_member_by_member()
    {
        var tenant = await host.NewTenant();
        using var packed = new MemoryStream();
        using (var zip = new ZipArchive(packed, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, text) in new[] { ("a.json", Chat.Array(Chat.Of("c-1"), "7")), ("../b.json", "[]"), ("c.jsonl", Chat.Of("c-3")) })
            {
                using var entry = zip.CreateEntry(name).Open();
                entry.Write(Encoding.UTF8.GetBytes(text));
            }
        }
        packed.Position = 0;

        var report = await tenant.Client.ValidateConversationJsonAsync("day.zip", packed);

        Assert.Equal((4, 2, 2), (report.RowsRead, report.RowsValid, report.RowsRejected));
        Assert.Equal(
            [("a.json", 1L, "wrong_type"), ("../b.json", null, "member_path")],
            report.Faults.Select(fault => (fault.Place!.Member!, fault.Place.Index, fault.Code)));
    }

    [SkippableFact]
    public async Task A_file_that_cannot_be_read_to_its_end_says_so()
    {
        var report = await Validate(await host.NewTenant(), "day.JSON", $"[{Chat.Of("c-1")}");

        Assert.Equal((false, false, 1, "json_truncated"), (report.Valid, report.ReadToEnd, report.RowsRead, Assert.Single(report.Faults).Code));
    }

    [SkippableFact]
    public async Task A_name_that_says_nothing_is_refused()
    {
        var tenant = await host.NewTenant();

        var problem = (await Assert.ThrowsAsync<QualityIngestException<Problem>>(() => Validate(tenant, "day.csv", "x"))).Result;

        Assert.Equal(("invalid", "#/name", "unknown_file"), (problem.Code, problem.Errors!.Single().Pointer, problem.Errors!.Single().Code));
    }

    [SkippableFact]
    public async Task A_file_larger_than_ingestion_takes_is_refused()
    {
        using var http = host.Http((await host.NewTenant()).Secret);
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri("v1/formats/conversation-json/validate?name=a.json", UriKind.Relative));
        request.Headers.ExpectContinue = true;
        request.Content = new ByteArrayContent(new byte[52_428_801]) { Headers = { ContentType = new("application/octet-stream") } };

        using var answer = await http.SendAsync(request);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
        Assert.Equal("body_too_large", (await answer.Content.ReadFromJsonAsync<Problem>())!.Code);
    }

    private static Task<ValidationReport> Validate(TestTenant tenant, string name, string text) =>
        tenant.Client.ValidateConversationJsonAsync(name, new MemoryStream(Encoding.UTF8.GetBytes(text)));
}
