using Microsoft.AspNetCore.Server.Kestrel.Https;
using QualityIngest.Domain.Webhooks.Delivery;
using QualityIngest.TestKit;

namespace QualityIngest.Domain.Tests.Webhooks;

public sealed class TlsTests : IDisposable
{
    private readonly Authority _authority = Authority.Root();
    private readonly Authority _other = Authority.Root();

    public void Dispose()
    {
        _authority.Dispose();
        _other.Dispose();
    }

    [Fact]
    public async Task A_certificate_of_the_named_authority_is_trusted()
    {
        await using var listener = await Listener.Taking(tls => tls.ServerCertificate = _authority.ForLoopback());
        using var caller = listener.Caller(endpoint => endpoint with { Authority = _authority.Pem });

        var result = await caller.Call();

        Assert.Equal((200, null), (result.Status, result.Code));
    }

    [Fact]
    public async Task A_certificate_of_an_authority_below_it_is_trusted_where_both_are_named()
    {
        using var below = _authority.Below();
        await using var listener = await Listener.Taking(tls => tls.ServerCertificate = below.ForLoopback());
        using var caller = listener.Caller(endpoint => endpoint with { Authority = below.Pem + "\n" + _authority.Pem });

        Assert.Null((await caller.Call()).Code);
    }

    [Fact]
    public async Task A_certificate_of_another_authority_is_not_trusted()
    {
        await using var listener = await Listener.Taking(tls => tls.ServerCertificate = _other.ForLoopback());
        using var caller = listener.Caller(endpoint => endpoint with { Authority = _authority.Pem });

        await Mistrusts(caller, listener);
    }

    [Fact]
    public async Task A_certificate_of_an_authority_that_nobody_named_is_not_trusted()
    {
        await using var listener = await Listener.Taking(tls => tls.ServerCertificate = _authority.ForLoopback());
        using var caller = listener.Caller();

        await Mistrusts(caller, listener);
    }

    [Fact]
    public async Task A_certificate_of_another_host_is_not_trusted()
    {
        await using var listener = await Listener.Taking(tls => tls.ServerCertificate = _authority.ForElsewhere());
        using var caller = listener.Caller(endpoint => endpoint with { Authority = _authority.Pem });

        await Mistrusts(caller, listener);
    }

    [Fact]
    public async Task A_server_that_speaks_no_tls_is_told_like_one_that_is_not_trusted()
    {
        await using var listener = await Listener.Taking();
        using var caller = Listener.To(new UriBuilder(listener.Url) { Scheme = "https" }.Uri);

        await Mistrusts(caller, listener);
    }

    [Fact]
    public async Task What_a_certificate_says_where_to_find_others_is_not_called()
    {
        using var below = _authority.Below();
        await using var store = await Listener.Taking();
        await using var listener = await Listener.Taking(tls => tls.Show(below.ForLoopback(store.Url.AbsoluteUri), _other.ForLoopback()));
        using var named = listener.Caller(endpoint => endpoint with { Authority = _authority.Pem });
        using var unnamed = listener.Caller();

        await Mistrusts(named, listener);
        await Mistrusts(unnamed, listener);
        Assert.Equal(0, store.Calls);
    }

    [Fact]
    public async Task A_client_certificate_of_the_right_authority_is_taken()
    {
        await using var listener = await Listener.Taking(AskingForCertificates);
        using var caller = listener.Caller(endpoint => endpoint with { Authority = _authority.Pem, Certificate = _authority.ForClient() });

        Assert.Null((await caller.Call()).Code);
    }

    [Theory]
    [InlineData("expired")]
    [InlineData("of another authority")]
    [InlineData("none")]
    public async Task Any_other_client_certificate_is_refused(string which)
    {
        var certificate = which switch
        {
            "expired" => _authority.ForClient(untilDays: -1),
            "of another authority" => _other.ForClient(),
            _ => null,
        };
        await using var listener = await Listener.Taking(AskingForCertificates);
        using var caller = listener.Caller(endpoint => endpoint with { Authority = _authority.Pem, Certificate = certificate });

        var result = await caller.Call();

        // In TLS 1.3 a client hears of it with the first answer only, when the handshake is over for it.
        Assert.Contains(result.Code, new[] { DeliveryCodes.TlsFailed, DeliveryCodes.Unreachable });
        Assert.Equal((null, 0), (result.Status, listener.Calls));
    }

    [Fact]
    public async Task A_certificate_that_cannot_be_read_fails_every_attempt()
    {
        await using var listener = await Listener.Taking();
        using var caller = listener.Caller(endpoint => endpoint with { Certificate = new("none", "none") });

        Assert.Equal(DeliveryCodes.Unusable, (await caller.Call()).Code);
        Assert.NotNull(caller.Unreadable);
    }

    private void AskingForCertificates(HttpsConnectionAdapterOptions tls)
    {
        tls.ServerCertificate = _authority.ForLoopback();
        tls.AskFor(_authority);
    }

    private static async Task Mistrusts(EndpointCaller caller, Listener listener)
    {
        var result = await caller.Call();
        Assert.Equal((null, DeliveryCodes.TlsFailed, 0), (result.Status, result.Code, listener.Calls));
    }
}
