using Microsoft.AspNetCore.Http;
using QualityIngest.Domain.Webhooks;

namespace QualityIngest.Domain.Tests.Webhooks;

public sealed class RequestTests : IAsyncLifetime
{
    private Listener _listener = null!;
    private Dictionary<string, string> _headers = [];
    private string _query = "";
    private string _body = "";

    public async Task InitializeAsync() => _listener = await Listener.Start(async context =>
    {
        (_headers, _query) = (context.Request.Headers.ToDictionary(h => h.Key.ToLowerInvariant(), h => h.Value.ToString()), context.Request.QueryString.Value!);
        using var body = new StreamReader(context.Request.Body);
        _body = await body.ReadToEndAsync();
    });

    public async Task DisposeAsync() => await _listener.DisposeAsync();

    [Fact]
    public async Task A_message_carries_its_own_headers_and_those_of_the_endpoint_and_nothing_else()
    {
        using var caller = _listener.Caller(endpoint => endpoint with { Headers = [new("x-one", "1"), new("X-Two", "a b")] });
        var replay = Guid.NewGuid();

        await caller.Attempt("evt_7", "{\"a\":1}"u8.ToArray(), replay, CancellationToken.None);

        Assert.Equal("{\"a\":1}", _body);
        Assert.Equal(
            ["content-length", "content-type", "host", "user-agent", "webhook-id", "webhook-replay", "webhook-signature", "webhook-timestamp", "x-one", "x-two"],
            _headers.Keys.Order());
        Assert.Equal(("application/json", "QualityIngest", "evt_7", replay.ToString()), (_headers["content-type"], _headers["user-agent"], _headers["webhook-id"], _headers["webhook-replay"]));
        Assert.Equal(("1", "a b"), (_headers["x-one"], _headers["x-two"]));
        Assert.InRange(long.Parse(_headers["webhook-timestamp"]), DateTimeOffset.UtcNow.ToUnixTimeSeconds() - 60, DateTimeOffset.UtcNow.ToUnixTimeSeconds() + 1);
    }

    [Fact]
    public async Task A_secret_goes_into_the_named_header()
    {
        using var caller = _listener.Caller(endpoint => endpoint with { Authentication = new HeaderAuthentication("X-Api-Key", "let me in") });

        await caller.Call();

        Assert.Equal("let me in", _headers["x-api-key"]);
    }

    [Theory]
    [InlineData("", "?to%20ken=a%26b%2Fc")]
    [InlineData("?x=1", "?x=1&to%20ken=a%26b%2Fc")]
    public async Task A_secret_goes_into_the_named_parameter(string query, string expected)
    {
        using var caller = Listener.To(new(_listener.Url + query), endpoint => endpoint with { Authentication = new QueryAuthentication("to ken", "a&b/c") });

        await caller.Call();

        Assert.Equal(expected, _query);
    }
}
