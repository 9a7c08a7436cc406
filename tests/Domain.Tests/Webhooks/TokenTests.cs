using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Http;
using QualityIngest.Domain.Webhooks;
using QualityIngest.Domain.Webhooks.Delivery;

namespace QualityIngest.Domain.Tests.Webhooks;

public sealed class TokenTests : IAsyncLifetime
{
    private readonly ConcurrentQueue<string> _asked = new();
    private readonly ConcurrentQueue<string> _shown = new();
    private Func<int, HttpContext, Task> _issue = (number, context) => context.Response.WriteAsync($$"""{"access_token":"token-{{number}}","expires_in":3600}""");
    private Func<string, bool> _takes = _ => true;
    private Listener _issuer = null!;
    private Listener _endpoint = null!;

    public async Task InitializeAsync()
    {
        _issuer = await Listener.Start(async context =>
        {
            using var body = new StreamReader(context.Request.Body);
            _asked.Enqueue($"{context.Request.Headers.Authorization} {await body.ReadToEndAsync()}");
            await _issue(_asked.Count, context);
        });
        _endpoint = await Listener.Start(context =>
        {
            var shown = context.Request.Headers.Authorization.ToString();
            _shown.Enqueue(shown);
            context.Response.StatusCode = _takes(shown) ? 200 : 401;
            return Task.CompletedTask;
        });
    }

    public async Task DisposeAsync()
    {
        await _issuer.DisposeAsync();
        await _endpoint.DisposeAsync();
    }

    [Fact]
    public async Task A_token_is_asked_for_once_and_shown_with_every_message()
    {
        using var caller = Caller();

        for (var message = 0; message < 3; message++)
            Assert.Null((await caller.Call()).Code);

        Assert.Equal(["Bearer token-1", "Bearer token-1", "Bearer token-1"], _shown);
        var credentials = Convert.ToBase64String(Encoding.UTF8.GetBytes("the%20client:s%3Acret"));
        Assert.Equal([$"Basic {credentials} grant_type=client_credentials&scope=hooks+write&audience=receiver"], _asked);
    }

    [Fact]
    public async Task Attempts_side_by_side_ask_once()
    {
        var asked = new TaskCompletionSource();
        _issue = async (number, context) =>
        {
            await asked.Task;
            await context.Response.WriteAsync($$"""{"access_token":"token-{{number}}"}""");
        };
        using var caller = Caller();

        var attempts = Enumerable.Range(0, 16).Select(_ => caller.Call()).ToList();
        asked.SetResult();

        Assert.All(await Task.WhenAll(attempts), result => Assert.Null(result.Code));
        Assert.Single(_asked);
    }

    [Fact]
    public async Task Attempts_side_by_side_share_a_refusal_too()
    {
        var asked = new TaskCompletionSource();
        _issue = async (_, context) =>
        {
            await asked.Task;
            context.Response.StatusCode = 400;
        };
        using var caller = Caller();

        var attempts = Enumerable.Range(0, 16).Select(_ => caller.Call()).ToList();
        asked.SetResult();

        Assert.All(await Task.WhenAll(attempts), result => Assert.Equal(DeliveryCodes.TokenRefused, result.Code));
        Assert.Single(_asked);
    }

    [Fact]
    public async Task An_expired_token_is_asked_for_anew()
    {
        _issue = (number, context) => context.Response.WriteAsync($$"""{"access_token":"token-{{number}}","expires_in":0}""");
        using var caller = Caller();

        await caller.Call();
        await caller.Call();

        Assert.Equal(["Bearer token-1", "Bearer token-2"], _shown);
    }

    [Fact]
    public async Task A_token_that_is_not_taken_any_more_is_replaced_within_the_attempt()
    {
        using var caller = Caller();
        await caller.Call();
        _takes = shown => shown == "Bearer token-2";

        var results = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => caller.Call()));

        Assert.All(results, result => Assert.Equal((200, null), (result.Status, result.Code)));
        Assert.Equal(2, _asked.Count);
    }

    [Fact]
    public async Task An_endpoint_that_takes_no_token_is_asked_twice_at_most()
    {
        using var caller = Caller();
        await caller.Call();
        _takes = _ => false;

        var result = await caller.Call();

        Assert.Equal((401, DeliveryCodes.Refused), (result.Status, result.Code));
        Assert.Equal(["Bearer token-1", "Bearer token-1", "Bearer token-2"], _shown);
    }

    [Theory]
    [InlineData(400, "", DeliveryCodes.TokenRefused)]
    [InlineData(401, """{"error":"invalid_client"}""", DeliveryCodes.TokenRefused)]
    [InlineData(500, "", DeliveryCodes.TokenUnavailable)]
    [InlineData(302, "", DeliveryCodes.TokenUnavailable)]
    [InlineData(200, "", DeliveryCodes.TokenUnavailable)]
    [InlineData(200, "<html>", DeliveryCodes.TokenUnavailable)]
    [InlineData(200, "[]", DeliveryCodes.TokenUnavailable)]
    [InlineData(200, "{}", DeliveryCodes.TokenUnavailable)]
    [InlineData(200, """{"access_token":7}""", DeliveryCodes.TokenUnavailable)]
    [InlineData(200, """{"access_token":""}""", DeliveryCodes.TokenUnavailable)]
    [InlineData(200, """{"access_token":"two\r\nlines"}""", DeliveryCodes.TokenUnavailable)]
    [InlineData(200, """{"access_token":"ümlaut"}""", DeliveryCodes.TokenUnavailable)]
    [InlineData(200, """{"access_token":"\ud800"}""", DeliveryCodes.TokenUnavailable)]
    public async Task An_answer_without_a_token_has_a_code(int status, string body, string code)
    {
        _issue = async (_, context) =>
        {
            context.Response.StatusCode = status;
            context.Response.Headers.Location = _endpoint.Url.AbsoluteUri;
            await context.Response.WriteAsync(body);
        };
        using var caller = Caller();

        var result = await caller.Call();

        Assert.Equal((null, code), (result.Status, result.Code));
        Assert.Empty(_shown);
    }

    [Theory]
    [InlineData("\"3600\"")]
    [InlineData("36.5")]
    [InlineData("null")]
    [InlineData("\"soon\"")]
    [InlineData("99999999999")]
    [InlineData("{}")]
    public async Task A_token_counts_whatever_is_said_of_its_life(string life)
    {
        _issue = (number, context) => context.Response.WriteAsync($$"""{"access_token":"token-{{number}}","expires_in":{{life}}}""");
        using var caller = Caller();

        await caller.Call();
        await caller.Call();

        Assert.Equal(["Bearer token-1", "Bearer token-1"], _shown);
    }

    [Fact]
    public async Task An_issuer_that_answers_without_end_or_not_at_all_is_unavailable()
    {
        _issue = async (_, context) => await context.Response.WriteAsync(new string('x', 100_000));
        using var caller = Caller();
        Assert.Equal(DeliveryCodes.TokenUnavailable, (await caller.Call()).Code);

        _issue = (_, context) => Task.Delay(Timeout.Infinite, context.RequestAborted);
        using var hasty = Caller(new() { Timeout = TimeSpan.FromMilliseconds(300) });
        Assert.Equal(DeliveryCodes.TokenUnavailable, (await hasty.Call()).Code);
    }

    [Fact]
    public async Task An_issuer_that_may_not_be_called_is_unavailable_and_no_more_is_said()
    {
        using var caller = Caller(tokenUrl: "https://169.254.169.254/token");
        using var closed = Caller(tokenUrl: "http://127.0.0.1:1/token");

        Assert.Equal(DeliveryCodes.TokenUnavailable, (await caller.Call()).Code);
        Assert.Equal(DeliveryCodes.TokenUnavailable, (await closed.Call()).Code);
    }

    private EndpointCaller Caller(WebhookOptions? options = null, string? tokenUrl = null) => _endpoint.Caller(
        endpoint => endpoint with
        {
            Authentication = new OAuthAuthentication(tokenUrl ?? _issuer.Url.AbsoluteUri, "the client", "s:cret", "hooks write", "receiver"),
        },
        options);
}
