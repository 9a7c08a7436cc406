using System.Buffers;
using System.Text.Json;
using System.Text.Unicode;
using Microsoft.Net.Http.Headers;

namespace QualityIngest.Api.GraphQL.Serving;

/// <summary>Reads what a request asks, as the GraphQL-over-HTTP specification has it.</summary>
public static class Asking
{
    /// <summary>The parameters of a request, in the query of a GET and the body of a POST.</summary>
    public static readonly IReadOnlyList<string> Parameters = ["query", "operationName", "variables", "extensions"];

    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = 64, AllowDuplicateProperties = false };

    /// <summary>Reads the request. Exactly one of the two is there.</summary>
    public static async Task<(Asked? Asked, Misasked? Fault)> Read(HttpRequest request, CancellationToken cancel) =>
        HttpMethods.IsGet(request.Method) ? OfQuery(request.Query) : await OfBody(request, cancel);

    private static (Asked? Asked, Misasked? Fault) OfQuery(IQueryCollection query)
    {
        if (query.Keys.FirstOrDefault(name => !Parameters.Contains(name)) is { } unknown)
            return Misasked.Refuse("UNKNOWN_PARAMETER", $"A request has no parameter '{unknown}'; it has {string.Join(", ", Parameters)}.");
        if (query.FirstOrDefault(parameter => parameter.Value.Count > 1) is { Key: { } twice })
            return Misasked.Refuse("INVALID_PARAMETER", $"The parameter '{twice}' stands there more than once.");
        JsonElement? variables = null, extensions = null;
        try
        {
            variables = Json(query, "variables");
            extensions = Json(query, "extensions");
        }
        catch (JsonException)
        {
            return Misasked.Refuse("INVALID_JSON", "The parameters 'variables' and 'extensions' are JSON objects.");
        }

        return Checked(query["query"].ToString(), query["operationName"].ToString(), variables, extensions);
    }

    private static JsonElement? Json(IQueryCollection query, string name)
    {
        if (query[name].ToString() is not { Length: > 0 } text)
            return null;
        var json = System.Text.Encoding.UTF8.GetBytes(text);
        RequireText(json);
        using var document = JsonDocument.Parse(json, Strict);
        return document.RootElement.Clone();
    }

    private static async Task<(Asked? Asked, Misasked? Fault)> OfBody(HttpRequest request, CancellationToken cancel)
    {
        if (!IsJson(request.ContentType))
            return Misasked.Refuse("UNSUPPORTED_MEDIA_TYPE", "Send Content-Type: application/json, in UTF-8.", StatusCodes.Status415UnsupportedMediaType);
        JsonElement body;
        try
        {
            var bytes = await Bytes(request, cancel);
            RequireText(bytes);
            using var document = JsonDocument.Parse(bytes, Strict);
            body = document.RootElement.Clone();
        }
        catch (JsonException)
        {
            return Misasked.Refuse("INVALID_JSON", "The body is not one JSON object in UTF-8.");
        }

        if (body.ValueKind == JsonValueKind.Array)
            return Misasked.Refuse("BATCHING_UNSUPPORTED", "Requests are sent one by one: the body is one object, not a list. A document may ask for several things at once.");
        if (body.ValueKind != JsonValueKind.Object)
            return Misasked.Refuse("INVALID_JSON", "The body is not one JSON object in UTF-8.");
        if (body.EnumerateObject().FirstOrDefault(member => !Parameters.Contains(member.Name)) is { Value.ValueKind: not JsonValueKind.Undefined } unknown)
            return Misasked.Refuse("UNKNOWN_PARAMETER", $"A request has no member '{unknown.Name}'; it has {string.Join(", ", Parameters)}.");
        if (Member(body, "query") is { ValueKind: not JsonValueKind.String })
            return Misasked.Refuse("INVALID_PARAMETER", "The member 'query' is a text.");
        if (Member(body, "operationName") is { ValueKind: not JsonValueKind.String })
            return Misasked.Refuse("INVALID_PARAMETER", "The member 'operationName' is a text or null.");
        return Checked(Member(body, "query")?.GetString(), Member(body, "operationName")?.GetString(), Member(body, "variables"), Member(body, "extensions"));
    }

    private static (Asked? Asked, Misasked? Fault) Checked(string? query, string? operation, JsonElement? variables, JsonElement? extensions)
    {
        if (string.IsNullOrEmpty(query))
            return Misasked.Refuse("MISSING_QUERY", "The parameter 'query' is missing: the document to answer.");
        if (variables is { ValueKind: not (JsonValueKind.Object or JsonValueKind.Null) })
            return Misasked.Refuse("INVALID_PARAMETER", "The parameter 'variables' is a JSON object or null.");
        if (extensions is { ValueKind: not (JsonValueKind.Object or JsonValueKind.Null) })
            return Misasked.Refuse("INVALID_PARAMETER", "The parameter 'extensions' is a JSON object or null.");
        return (new(query, string.IsNullOrEmpty(operation) ? null : operation, variables is { ValueKind: JsonValueKind.Object } ? variables : null), null);
    }

    // Null stands for absent.
    private static JsonElement? Member(JsonElement body, string name) =>
        body.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;

    private static bool IsJson(string? contentType) =>
        MediaTypeHeaderValue.TryParse(contentType, out var type)
        && type.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase)
        && (!type.Charset.HasValue || HeaderUtilities.RemoveQuotes(type.Charset).Equals("utf-8", StringComparison.OrdinalIgnoreCase));

    private static async Task<byte[]> Bytes(HttpRequest request, CancellationToken cancel)
    {
        while (true)
        {
            var read = await request.BodyReader.ReadAsync(cancel);
            if (read.IsCompleted)
            {
                var bytes = read.Buffer.ToArray();
                request.BodyReader.AdvanceTo(read.Buffer.End);
                return bytes;
            }

            request.BodyReader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }

    // JSON may write halves of surrogate pairs, and a body any bytes; texts of variables are neither.
    private static void RequireText(ReadOnlySpan<byte> json)
    {
        if (!Utf8.IsValid(json))
            throw new JsonException("This is not UTF-8.");
        var reader = new Utf8JsonReader(json, new() { MaxDepth = Strict.MaxDepth });
        try
        {
            while (reader.Read())
            {
                if (reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName && reader.ValueIsEscaped)
                    reader.GetString();
            }
        }
        catch (InvalidOperationException half)
        {
            throw new JsonException("A text holds half of a surrogate pair.", half);
        }
    }
}
