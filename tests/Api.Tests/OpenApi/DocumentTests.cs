using System.Net;
using System.Runtime.CompilerServices;
using System.Text.Json;
using QualityIngest.Domain.Webhooks;

namespace QualityIngest.Api.Tests.OpenApi;

public sealed class DocumentTests(ApiHost host) : IClassFixture<ApiHost>
{
    [SkippableFact]
    public async Task The_committed_document_is_the_one_that_is_served()
    {
        using var http = host.Http();
        var served = await http.GetStringAsync("openapi/v1.yaml");
        var committed = await File.ReadAllTextAsync(Path.Combine(Root(), "openapi.yaml"));
        Assert.True(served.ReplaceLineEndings().Trim() == committed.ReplaceLineEndings().Trim(), "openapi.yaml is not what the code says. Run ./dev clients.");
    }

    [SkippableFact]
    public async Task Every_operation_says_its_name_its_summary_its_key_and_its_problems()
    {
        foreach (var (path, operation) in await Operations())
        {
            Assert.True(operation.TryGetProperty("operationId", out _), $"{path} has no operationId.");
            Assert.True(operation.TryGetProperty("summary", out _), $"{path} has no summary.");
            Assert.True(operation.TryGetProperty("security", out _), $"{path} says nothing of keys.");
            foreach (var status in (string[])["400", "500", "503"])
                Assert.True(operation.GetProperty("responses").TryGetProperty(status, out _), $"{path} says nothing of {status}.");
            Assert.False(operation.GetProperty("responses").TryGetProperty("default", out _), $"{path} leaves statuses open.");
        }
    }

    [SkippableFact]
    public async Task Operations_have_names_of_their_own()
    {
        var names = (await Operations()).Select(operation => operation.Operation.GetProperty("operationId").GetString()).ToList();
        Assert.Equal(names.Distinct(), names);
    }

    [SkippableFact]
    public async Task Every_event_that_subscribers_hear_of_is_described()
    {
        var described = (await Document()).GetProperty("webhooks").EnumerateObject().Select(webhook => webhook.Name);
        Assert.Equal(EventTypes.Names.Append(EventTypes.Test).Order(StringComparer.Ordinal), described);
    }

    // Clients leave out what is absent, so a member that may be null must not be one that has to be there.
    [SkippableFact]
    public async Task What_a_request_must_have_is_never_null()
    {
        var document = await Document();
        var schemas = document.GetProperty("components").GetProperty("schemas");
        foreach (var (path, operation) in await Operations())
        {
            if (operation.TryGetProperty("requestBody", out var body) && body.GetProperty("content").TryGetProperty("application/json", out var json))
                Check(path, schemas, json.GetProperty("schema"), []);
        }
    }

    [SkippableFact]
    public async Task People_can_read_it_in_a_browser()
    {
        using var http = host.Http();
        using var page = await http.GetAsync("swagger/index.html");
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        Assert.Contains("/openapi/v1.json", await http.GetStringAsync("swagger/index.js"), StringComparison.Ordinal);
    }

    private static void Check(string path, JsonElement schemas, JsonElement schema, HashSet<string> seen)
    {
        if (schema.TryGetProperty("$ref", out var reference))
        {
            var name = reference.GetString()!.Split('/')[^1];
            if (seen.Add(name))
                Check($"{path} {name}", schemas, schemas.GetProperty(name), seen);
            return;
        }

        if (schema.TryGetProperty("allOf", out var parts))
        {
            foreach (var part in parts.EnumerateArray())
                Check(path, schemas, part, seen);
        }

        if (!schema.TryGetProperty("properties", out var properties))
            return;
        var required = schema.TryGetProperty("required", out var names) ? names.EnumerateArray().Select(name => name.GetString()).ToHashSet() : [];
        foreach (var property in properties.EnumerateObject())
        {
            var nullable = property.Value.ToString().Contains("\"null\"", StringComparison.Ordinal);
            Assert.False(nullable && required.Contains(property.Name), $"{path}: {property.Name} is required and may be null. Give it a default.");
            Check(path, schemas, property.Value, seen);
        }
    }

    private async Task<List<(string Path, JsonElement Operation)>> Operations() =>
    [
        .. (await Document()).GetProperty("paths").EnumerateObject()
            .SelectMany(path => path.Value.EnumerateObject().Select(operation => ($"{operation.Name} {path.Name}", operation.Value))),
    ];

    private async Task<JsonElement> Document()
    {
        using var http = host.Http();
        return JsonDocument.Parse(await http.GetStringAsync("openapi/v1.json")).RootElement;
    }

    private static string Root([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", ".."));
}
