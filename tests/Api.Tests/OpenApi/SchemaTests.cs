using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Builder;
using QualityIngest.Api.Http;
using QualityIngest.Api.OpenApi;
using QualityIngest.Domain;
using YamlDotNet.Serialization;

namespace QualityIngest.Api.Tests.OpenApi;

/// <summary>What the document says of each kind of member, on an API that has them all.</summary>
public sealed class SchemaTests : IAsyncLifetime
{
    private JsonNode _schemas = null!;

    [Theory]
    [InlineData("word", """{"$ref":"#/components/schemas/Mood"}""")]
    [InlineData("maybeWord", """{"oneOf":[{"type":"null"},{"$ref":"#/components/schemas/Mood"}]}""")]
    [InlineData("amount", """{"maxLength":40,"pattern":"^-?[0-9]+(\\.[0-9]+)?$","type":"string","format":"decimal"}""")]
    [InlineData("maybeAmount", """{"maxLength":40,"pattern":"^-?[0-9]+(\\.[0-9]+)?$","type":["null","string"],"format":"decimal"}""")]
    [InlineData("at", """{"maxLength":40,"type":"string","format":"date-time"}""")]
    [InlineData("maybeAt", """{"maxLength":40,"type":["null","string"],"format":"date-time"}""")]
    [InlineData("number", """{"maximum":2147483647,"minimum":-2147483648,"type":"integer","format":"int32"}""")]
    [InlineData("maybeNumber", """{"maximum":9223372036854775807,"minimum":-9223372036854775808,"type":["null","integer"],"format":"int64"}""")]
    [InlineData("free", """{"type":"object","additionalProperties":{}}""")]
    [InlineData("anything", "{}")]
    [InlineData("shape", """{"$ref":"#/components/schemas/Shape"}""")]
    [InlineData("maybeShape", """{"oneOf":[{"type":"null"},{"$ref":"#/components/schemas/Shape"}]}""")]
    public void A_member_is_described_so_that_clients_read_it_as_meant(string member, string schema) =>
        Same(schema, _schemas["Everything"]!["properties"]![member]);

    [Fact]
    public void An_enum_is_its_words() => Same("""{"enum":["warm","very_cold","own-word"],"type":"string"}""", _schemas["Mood"]);

    [Fact]
    public void A_union_is_a_base_with_a_discriminator()
    {
        Same(
            """
            {
              "required": ["kind"], "type": "object",
              "properties": { "kind": { "enum": ["circle", "square"], "type": "string", "description": "Which kind it is: the other members follow from it." } },
              "discriminator": {
                "propertyName": "kind",
                "mapping": { "circle": "#/components/schemas/Circle", "square": "#/components/schemas/Square" }
              }
            }
            """,
            _schemas["Shape"]);
        Same(
            """
            {
              "unevaluatedProperties": false,
              "allOf": [
                { "$ref": "#/components/schemas/Shape" },
                { "required": ["radius"], "type": "object", "properties": { "radius": { "type": "number", "format": "double" } } }
              ]
            }
            """,
            _schemas["Circle"]);
    }

    /// <inheritdoc/>
    public async Task InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.AddHttpFrame();
        builder.Services.AddDocument();
        await using var app = builder.Build();
        app.UseHttpFrame();
        app.MapV1().MapPost("/everything", Everything.Echo).RequireScope("connectors:write");

        var file = Path.GetTempFileName();
        try
        {
            Assert.Equal(0, await app.WriteDocument(["openapi", "--output", file]));
            var yaml = new DeserializerBuilder().WithAttemptingUnquotedStringTypeDeserialization().Build().Deserialize<object>(await File.ReadAllTextAsync(file));
            _schemas = JsonSerializer.SerializeToNode(yaml)!["components"]!["schemas"]!;
        }
        finally
        {
            File.Delete(file);
        }
    }

    /// <inheritdoc/>
    public Task DisposeAsync() => Task.CompletedTask;

    private static void Same(string expected, JsonNode? actual) =>
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(expected), actual), $"Expected {expected}, found {actual?.ToJsonString()}");

    public enum Mood
    {
        Warm,
        VeryCold,

        [JsonStringEnumMemberName("own-word")]
        Other,
    }

    [JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
    [JsonDerivedType(typeof(Circle), "circle")]
    [JsonDerivedType(typeof(Square), "square")]
    public abstract record Shape;

    public sealed record Circle(double Radius) : Shape;

    public sealed record Square(double Side) : Shape;

    public sealed record Everything(
        Mood Word,
        decimal Amount,
        DateTimeOffset At,
        int Number,
        JsonObject Free,
        JsonElement Anything,
        Shape Shape,
        Mood? MaybeWord = null,
        decimal? MaybeAmount = null,
        DateTimeOffset? MaybeAt = null,
        long? MaybeNumber = null,
        Shape? MaybeShape = null)
    {
        public static Ok<Everything> Echo(Everything everything) => ((Outcome<Everything>)everything).Ok();
    }
}
