using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using QualityIngest.Domain.Webhooks;
using QualityIngest.Domain.Webhooks.Delivery;
using QualityIngest.TestKit;

namespace QualityIngest.Domain.Tests.Webhooks;

/// <summary>The issuer of access tokens over TLS: whom it is trusted by, and what it is shown.</summary>
public sealed class TokenTlsTests : IAsyncLifetime
{
    private readonly Authority _authority = Authority.Root();
    private readonly Authority _other = Authority.Root();
    private Listener _endpoint = null!;

    public async Task InitializeAsync() => _endpoint = await Listener.Start(
        context =>
        {
            context.Response.StatusCode = context.Request.Headers.Authorization == "Bearer token-1" ? 200 : 401;
            return Task.CompletedTask;
        },
        tls => tls.ServerCertificate = _authority.ForLoopback());

    public async Task DisposeAsync()
    {
        await _endpoint.DisposeAsync();
        _authority.Dispose();
        _other.Dispose();
    }

    [Fact]
    public async Task An_issuer_under_the_endpoints_own_authority_is_trusted()
    {
        await using var issuer = await Issuer(tls => tls.ServerCertificate = _authority.ForLoopback());
        using var caller = Caller(issuer.Url);

        var result = await caller.Call();

        Assert.Equal((200, null), (result.Status, result.Code));
    }

    [Fact]
    public async Task An_issuer_under_an_authority_below_it_is_trusted_where_it_sends_what_is_between()
    {
        using var below = _authority.Below();
        await using var issuer = await Issuer(tls =>
        {
            tls.ServerCertificate = below.ForLoopback();
            tls.ServerCertificateChain = [below.Own];
        });
        using var caller = Caller(issuer.Url);

        Assert.Null((await caller.Call()).Code);
    }

    [Fact]
    public async Task An_issuer_under_another_authority_is_not_trusted()
    {
        await using var issuer = await Issuer(tls => tls.ServerCertificate = _other.ForLoopback());
        using var caller = Caller(issuer.Url);

        await Mistrusts(caller, issuer);
    }

    [Fact]
    public async Task An_issuer_with_another_hosts_certificate_is_not_trusted()
    {
        await using var issuer = await Issuer(tls => tls.ServerCertificate = _authority.ForElsewhere());
        using var caller = Caller(issuer.Url);

        await Mistrusts(caller, issuer);
    }

    [Fact]
    public async Task An_issuer_with_a_certificate_for_clients_is_not_trusted()
    {
        await using var issuer = await Issuer(tls => tls.Show(_authority.ForLoopback(good: Authority.ForClients), _other.ForLoopback()));
        using var caller = Caller(issuer.Url);

        await Mistrusts(caller, issuer);
    }

    [Fact]
    public async Task An_issuer_under_an_authority_that_nobody_named_is_not_trusted()
    {
        await using var endpoint = await Listener.Taking();
        await using var issuer = await Issuer(tls => tls.ServerCertificate = _authority.ForLoopback());
        using var caller = endpoint.Caller(e => e with { Authentication = OAuth(issuer.Url) });

        await Mistrusts(caller, issuer);
    }

    [Fact]
    public async Task What_its_certificate_says_where_to_find_others_is_not_called()
    {
        using var below = _authority.Below();
        await using var store = await Listener.Taking();
        await using var issuer = await Issuer(tls => tls.Show(below.ForLoopback(store.Url.AbsoluteUri), _other.ForLoopback()));
        using var caller = Caller(issuer.Url);

        await Mistrusts(caller, issuer);
        Assert.Equal(0, store.Calls);
    }

    [Fact]
    public async Task An_issuer_that_asks_for_a_certificate_is_shown_the_endpoints()
    {
        await using var issuer = await Issuer(AskingForCertificates);
        using var caller = Caller(issuer.Url, _authority.ForClient());

        Assert.Null((await caller.Call()).Code);
    }

    [Theory]
    [InlineData("expired")]
    [InlineData("of another authority")]
    [InlineData("none")]
    public async Task Any_other_certificate_gets_no_token(string which)
    {
        await using var issuer = await Issuer(AskingForCertificates);
        using var caller = Caller(issuer.Url, which switch
        {
            "expired" => _authority.ForClient(untilDays: -1),
            "of another authority" => _other.ForClient(),
            _ => null,
        });

        var result = await caller.Call();

        // In TLS 1.3 a client hears of it with the first answer only, when the handshake is over for it.
        Assert.Contains(result.Code, new[] { DeliveryCodes.TokenTlsFailed, DeliveryCodes.TokenUnavailable });
        Assert.Equal((null, 0, 0), (result.Status, issuer.Calls, _endpoint.Calls));
    }

    private static Task<Listener> Issuer(Action<HttpsConnectionAdapterOptions> tls) =>
        Listener.Start(context => context.Response.WriteAsync("""{"access_token":"token-1"}"""), tls);

    private static OAuthAuthentication OAuth(Uri issuer) => new(issuer.AbsoluteUri, "client", "secret");

    private EndpointCaller Caller(Uri issuer, ClientCertificate? certificate = null) => _endpoint.Caller(endpoint => endpoint with
    {
        Authentication = OAuth(issuer),
        Authority = _authority.Pem,
        Certificate = certificate,
    });

    private void AskingForCertificates(HttpsConnectionAdapterOptions tls)
    {
        tls.ServerCertificate = _authority.ForLoopback();
        tls.AskFor(_authority);
    }

    private async Task Mistrusts(EndpointCaller caller, Listener issuer)
    {
        var result = await caller.Call();
        Assert.Equal((null, DeliveryCodes.TokenTlsFailed), (result.Status, result.Code));
        Assert.Equal((0, 0), (issuer.Calls, _endpoint.Calls));
    }
}
