using System.Text.Json;
using QualityIngest.Api.Http;

namespace QualityIngest.Api.Tests.Http;

public sealed class WireFormatTests
{
    private static readonly JsonSerializerOptions Options = Read();

    [Theory]
    [InlineData("\"2026-01-02T03:04:05Z\"", "\"2026-01-02T03:04:05Z\"")]
    [InlineData("\"2026-01-02T03:04:05.123456+02:00\"", "\"2026-01-02T01:04:05.123456Z\"")]
    public void A_time_with_a_zone_comes_back_in_UTC(string json, string back) =>
        Assert.Equal(back, JsonSerializer.Serialize(JsonSerializer.Deserialize<DateTimeOffset>(json, Options), Options));

    [Theory]
    [InlineData("\"2026-01-02T03:04:05\"")]
    [InlineData("\"2026-01-02\"")]
    [InlineData("\"yesterday\"")]
    [InlineData("1767322800")]
    public void A_time_without_a_zone_is_refused(string json) =>
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<DateTimeOffset>(json, Options));

    [Fact]
    public void A_decimal_is_a_string_and_loses_nothing()
    {
        Assert.Equal("\"10.10\"", JsonSerializer.Serialize(10.10m, Options));
        Assert.Equal(79228162514264337593543950335m, JsonSerializer.Deserialize<decimal>("\"79228162514264337593543950335\"", Options));
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<decimal>("10.1", Options));
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<decimal>("\"1e3\"", Options));
    }

    [Theory]
    [InlineData("$.paths.voicePath", "/paths/voicePath")]
    [InlineData("$.scopes[2]", "/scopes/2")]
    [InlineData("$['a/b'].c", "/a~1b/c")]
    [InlineData("$", "")]
    [InlineData(null, "")]
    public void A_path_becomes_a_JSON_pointer(string? path, string pointer) => Assert.Equal(pointer, JsonPointer.FromPath(path));

    [Theory]
    [InlineData("2026-01-02T03:04:05Z", true)]
    [InlineData("2026-01-02T03:04:05+01:00", true)]
    [InlineData("2026-01-02T03:04:05", false)]
    [InlineData("2026-01-02", false)]
    [InlineData("", false)]
    public void A_time_in_a_query_needs_a_zone_too(string text, bool reads) => Assert.Equal(reads, Timestamp.TryParse(text, null, out _));

    private static JsonSerializerOptions Read()
    {
        var options = new JsonSerializerOptions();
        WireFormat.Apply(options);
        return options;
    }
}
