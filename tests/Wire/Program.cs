using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using QualityIngest.Api.Http;
using QualityIngest.Client;
using QualityIngest.Wire;

// What the API and the C# client make of JSON: POST /server/SCHEMA reads a value as the API does and writes what it read, POST
// /client/SCHEMA asks that over HTTP as the client does and writes what the client read. Where there is no such type: 404; where
// the value is refused: 422 with the reason. Needs no database. The first line of output is {"address"}; it ends with its input.
var server = new JsonSerializerOptions();
WireFormat.Apply(server);
server.TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { Settable.Modify } };
var schemas = Schemas.OfServer();
var clients = Schemas.OfClient();

var builder = WebApplication.CreateSlimBuilder();
builder.Logging.ClearProviders();
builder.WebHost.UseSetting("urls", "http://127.0.0.1:0");
await using var app = builder.Build();
using var http = new HttpClient();

app.MapPost("/server/{schema}", (string schema, HttpRequest request) => Answer(schemas, schema, async type =>
    JsonSerializer.Serialize(await JsonSerializer.DeserializeAsync(request.Body, type, server), type, server)));
app.MapPost("/client/{schema}", (string schema, HttpRequest request) => Answer(clients, schema, async type =>
{
    using var answer = await http.PostAsync($"{app.Urls.First()}/server/{schema}", new StreamContent(request.Body));
    if (!answer.IsSuccessStatusCode)
        throw new JsonException(await answer.Content.ReadAsStringAsync());
    using var body = await answer.Content.ReadAsStreamAsync();
    return JsonSerializer.Serialize(await JsonSerializer.DeserializeAsync(body, type, QualityIngestClient.Json), type, QualityIngestClient.Json);
}));

await app.StartAsync();
Console.WriteLine(JsonSerializer.Serialize(new { address = app.Urls.First() }));
await Console.In.ReadToEndAsync();
await app.StopAsync();

static async Task<IResult> Answer(IReadOnlyDictionary<string, Type> types, string schema, Func<Type, Task<string>> answer)
{
    if (!types.TryGetValue(schema, out var type))
        return Results.NotFound();
    try
    {
        return Results.Text(await answer(type), "application/json");
    }
    catch (Exception refused) when (refused is not OperationCanceledException)
    {
        return Results.Text($"{refused.GetType().Name}: {refused.Message}", statusCode: StatusCodes.Status422UnprocessableEntity);
    }
}
