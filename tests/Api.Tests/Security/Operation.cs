using System.Text.Json;

namespace QualityIngest.Api.Tests.Security;

/// <summary>One operation as the document has it.</summary>
/// <param name="Id">Its name.</param>
/// <param name="Method">The HTTP method.</param>
/// <param name="Path">The path with its parameters in braces, without a leading slash.</param>
/// <param name="Scope">What a key needs; null: the secret in the address stands for a key.</param>
/// <param name="Responses">The media types of every status.</param>
public sealed record Operation(string Id, HttpMethod Method, string Path, string? Scope, IReadOnlyDictionary<string, IReadOnlyList<string>> Responses)
{
    /// <summary>Whether administrators alone may call it.</summary>
    public bool Administers => Scope?.StartsWith("admin:", StringComparison.Ordinal) == true;

    /// <summary>Whether its path names one thing of a tenant.</summary>
    public bool NamesOne => Path.Contains("{id}", StringComparison.Ordinal);

    /// <inheritdoc/>
    public override string ToString() => $"{Method} {Path}";

    /// <summary>All operations of the document that a host serves.</summary>
    public static async Task<IReadOnlyList<Operation>> Of(ApiHost host)
    {
        using var http = host.Http();
        using var document = JsonDocument.Parse(await http.GetStringAsync("openapi/v1.json"));
        return
        [
            .. from path in document.RootElement.GetProperty("paths").EnumerateObject()
               from operation in path.Value.EnumerateObject()
               select Read(document.RootElement, path.Name, operation.Name, operation.Value),
        ];
    }

    private static Operation Read(JsonElement document, string path, string method, JsonElement operation) => new(
        operation.GetProperty("operationId").GetString()!,
        new HttpMethod(method.ToUpperInvariant()),
        path.TrimStart('/'),
        operation.GetProperty("security").EnumerateArray().SelectMany(way => way.EnumerateObject()).SelectMany(way => way.Value.EnumerateArray())
            .Select(scope => scope.GetString()).SingleOrDefault(),
        operation.GetProperty("responses").EnumerateObject().ToDictionary(
            response => response.Name,
            response => (IReadOnlyList<string>)(Resolved(document, response.Value).TryGetProperty("content", out var content)
                ? [.. content.EnumerateObject().Select(media => media.Name)]
                : [])));

    private static JsonElement Resolved(JsonElement document, JsonElement response) =>
        response.TryGetProperty("$ref", out var name)
            ? document.GetProperty("components").GetProperty("responses").GetProperty(name.GetString()!.Split('/')[^1])
            : response;
}
