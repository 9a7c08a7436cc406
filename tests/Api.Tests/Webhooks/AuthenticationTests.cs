using Microsoft.AspNetCore.Http;
using QualityIngest.Api.Tests.Conversations.Erasure;
using QualityIngest.Client;
using QualityIngest.TestKit;

namespace QualityIngest.Api.Tests.Webhooks;

/// <summary>Every way in which an endpoint knows its caller, over TLS, to an endpoint with an authority of its own.</summary>
public sealed class AuthenticationTests(SecretTests.Host host) : IClassFixture<SecretTests.Host>
{
    private static readonly Authority Own = Authority.Root();
    private static readonly Authority Other = Authority.Root();

    [SkippableTheory]
    [InlineData("header")]
    [InlineData("query")]
    [InlineData("oauth2")]
    public async Task Who_brings_the_right_secret_is_let_in(string way)
    {
        var (tenant, secret) = (await host.NewTenant(), Canary.New());
        await using var issuer = await TokenIssuer.Start(Own, secret);
        await using var receiver = await Receiver.Start(Own.ForLoopback());
        receiver.Answer = Knowing(secret, issuer);
        var endpoint = await Subscribe(tenant, receiver, Way(way, secret, issuer));

        await host.Scanned(tenant, Guid.NewGuid(), Guid.NewGuid(), 0, 1);
        var delivered = await WebhookHost.Delivery(tenant, endpoint.Id, DeliveryState.Delivered);

        Assert.Equal((1, 200), (delivered.Attempts, delivered.Status));
        await StandsNowhere(secret);
    }

    [SkippableTheory]
    [InlineData("header", "endpoint_refused", 401)]
    [InlineData("query", "endpoint_refused", 401)]
    [InlineData("oauth2", "token_refused", null)]
    public async Task A_wrong_secret_is_recorded_as_such_and_tried_again_until_it_is_given_up(string way, string code, int? status)
    {
        var (tenant, secret) = (await host.NewTenant(), Canary.New());
        await using var issuer = await TokenIssuer.Start(Own, "another");
        await using var receiver = await Receiver.Start(Own.ForLoopback());
        receiver.Answer = Knowing("another", issuer);
        var endpoint = await Subscribe(tenant, receiver, Way(way, secret, issuer));

        await host.Scanned(tenant, Guid.NewGuid(), Guid.NewGuid(), 0, 1);
        var failed = await WebhookHost.Delivery(tenant, endpoint.Id, DeliveryState.Failed);

        var attempts = (await tenant.Client.GetWebhookDeliveryAsync(failed.Id)).Attempts;
        Assert.Equal([3, 2, 1], attempts.Select(a => a.Number));
        Assert.All(attempts, attempt => Assert.Equal((code, status), (attempt.ErrorCode, attempt.Status)));
        Assert.Equal(way == "oauth2" ? 0 : 3, receiver.Received.Count);
        await StandsNowhere(secret);
    }

    [SkippableFact]
    public async Task A_token_that_has_expired_is_fetched_anew_once_and_the_message_arrives_with_the_same_attempt()
    {
        var (tenant, secret) = (await host.NewTenant(), Canary.New());
        await using var issuer = await TokenIssuer.Start(Own, secret);
        await using var receiver = await Receiver.Start(Own.ForLoopback());
        receiver.Answer = Knowing(secret, issuer);
        var endpoint = await Subscribe(tenant, receiver, Way("oauth2", secret, issuer));
        await host.Scanned(tenant, Guid.NewGuid(), Guid.NewGuid(), 0, 1);
        await WebhookHost.Delivery(tenant, endpoint.Id, DeliveryState.Delivered);

        var first = issuer.Valid;
        issuer.Expire();
        await host.Scanned(tenant, Guid.NewGuid(), Guid.NewGuid(), 0, 1);
        await Eventually.Holds(
            async () => (await tenant.Client.ListWebhookDeliveriesAsync(endpointId: endpoint.Id)).Items.Count(d => d.State == DeliveryState.Delivered) == 2,
            TimeSpan.FromSeconds(60));

        Assert.NotEqual(first, issuer.Valid);
        Assert.Equal([first, first, issuer.Valid], receiver.Received.Select(m => m.Headers["Authorization"]["Bearer ".Length..]));
        Assert.Equal(2, issuer.Asked);
        Assert.All((await tenant.Client.ListWebhookDeliveriesAsync(endpointId: endpoint.Id)).Items, d => Assert.Equal(1, d.Attempts));
        foreach (var token in new[] { first, issuer.Valid, secret })
            await StandsNowhere(token);
    }

    [SkippableFact]
    public async Task An_issuer_that_fails_is_asked_again_with_the_next_attempt()
    {
        var (tenant, secret) = (await host.NewTenant(), Canary.New());
        await using var issuer = await TokenIssuer.Start(Own, secret);
        await using var receiver = await Receiver.Start(Own.ForLoopback());
        receiver.Answer = Knowing(secret, issuer);
        issuer.Fail(2);
        var endpoint = await Subscribe(tenant, receiver, Way("oauth2", secret, issuer));

        await host.Scanned(tenant, Guid.NewGuid(), Guid.NewGuid(), 0, 1);
        var delivered = await WebhookHost.Delivery(tenant, endpoint.Id, DeliveryState.Delivered);

        var attempts = (await tenant.Client.GetWebhookDeliveryAsync(delivered.Id)).Attempts;
        Assert.Equal([null, "token_unavailable", "token_unavailable"], attempts.Select(a => a.ErrorCode));
        Assert.Single(receiver.Received);
        await StandsNowhere(secret);
    }

    [SkippableTheory]
    [InlineData("the endpoint", "endpoint_tls_failed")]
    [InlineData("the issuer", "token_tls_failed")]
    public async Task Whoever_has_a_certificate_of_another_authority_is_shown_no_secret(string which, string code)
    {
        var (tenant, secret) = (await host.NewTenant(), Canary.New());
        await using var issuer = await TokenIssuer.Start(which == "the issuer" ? Other : Own, secret);
        await using var receiver = await Receiver.Start((which == "the endpoint" ? Other : Own).ForLoopback());
        var endpoint = await Subscribe(tenant, receiver, Way("oauth2", secret, issuer));

        await host.Scanned(tenant, Guid.NewGuid(), Guid.NewGuid(), 0, 1);
        var failed = await WebhookHost.Delivery(tenant, endpoint.Id, DeliveryState.Failed);

        Assert.Equal((code, 3), (failed.ErrorCode, failed.Attempts));
        Assert.Equal((which == "the issuer" ? 0 : 1, 0), (issuer.Asked, receiver.Received.Count));
        await StandsNowhere(secret);
    }

    private static Task<WebhookEndpoint> Subscribe(TestTenant tenant, Receiver receiver, EndpointAuthentication way) =>
        WebhookHost.Subscribe(tenant, receiver, input => input with { Authority = Own.Pem, Authentication = way });

    private static EndpointAuthentication Way(string way, string secret, TokenIssuer issuer) => way switch
    {
        "header" => new HeaderAuthentication { Name = "X-Key", Value = secret },
        "query" => new QueryAuthentication { Name = "key", Value = secret },
        _ => new OAuthAuthentication { TokenUrl = issuer.Url, ClientId = TokenIssuer.Client, ClientSecret = secret },
    };

    /// <summary>An endpoint that knows its caller by this secret, or by a valid token of this issuer, and gives back all that it gets.</summary>
    private static Func<ReceivedMessage, HttpContext, Task> Knowing(string secret, TokenIssuer issuer) => async (message, context) =>
    {
        var known = message.Headers.GetValueOrDefault("X-Key") == secret || context.Request.Query["key"] == secret
            || message.Headers.GetValueOrDefault("Authorization") == $"Bearer {issuer.Valid}";
        context.Response.StatusCode = known ? StatusCodes.Status200OK : StatusCodes.Status401Unauthorized;
        await context.Response.WriteAsync($"{message.Query} {string.Join(' ', message.Headers.Values)}");
    };

    private async Task StandsNowhere(string secret)
    {
        Assert.Empty(await Canary.Places(host.Database, secret));
        Assert.DoesNotContain(host.Lines, line => line.Contains(secret, StringComparison.OrdinalIgnoreCase));
    }
}
